namespace Everturn.StatefulAgents;

/// <summary>Who changed the state.</summary>
/// <param name="Connection">The client whose state frame it was; null for code on the server, methods called by clients included.</param>
public readonly record struct StateSource(Connection? Connection)
{
    /// <summary>Code on the server.</summary>
    public static StateSource Server => default;

    /// <summary>Whether code on the server changed it.</summary>
    public bool IsServer => Connection is null;
}
