namespace Everturn.Workflows;

/// <summary>What an engine can do beyond creating, reading, listing and sending events.</summary>
[Flags]
public enum EngineCapabilities
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Instances can be ended.</summary>
    Terminate = 1,

    /// <summary>Instances can be removed, and their ids used again.</summary>
    Delete = 2,
}
