namespace Everturn.StatefulAgents.Hosting;

/// <summary>How a stay in memory ends.</summary>
internal enum ObjectEndingKind
{
    /// <summary>The object was idle; its connections stay.</summary>
    Evicted,

    /// <summary>Something failed, or it was aborted; what is not durable is gone, and its connections are closed.</summary>
    Reset,

    /// <summary>The start failed; connections of an earlier stay remain.</summary>
    NotStarted,

    /// <summary>Everything that it stored is removed.</summary>
    Destroyed,

    /// <summary>The host stops.</summary>
    Shutdown,
}
