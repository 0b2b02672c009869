namespace Everturn.StatefulAgents.Protocol;

/// <summary>What a client's frame is.</summary>
internal enum ClientFrameKind
{
    /// <summary>The application's own.</summary>
    Message,

    /// <summary>A new state.</summary>
    State,

    /// <summary>A call of a method.</summary>
    Rpc,
}
