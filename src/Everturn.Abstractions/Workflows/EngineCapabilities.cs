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

    /// <summary>Instances can be paused and resumed.</summary>
    Pause = 4,

    /// <summary>Instances can be run again, from the start or from a step.</summary>
    Restart = 8,

    /// <summary>Handlers of finished steps run when an instance fails, or is terminated with that wish.</summary>
    Rollback = 16,

    /// <summary>The log of an instance can be followed.</summary>
    Subscribe = 32,

    /// <summary>Workflows can have schedules.</summary>
    Schedules = 64,

    /// <summary>Workflows can have a limit of instances that run at a time.</summary>
    ConcurrencyLimits = 128,
}
