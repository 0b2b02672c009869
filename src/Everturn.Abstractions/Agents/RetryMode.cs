namespace Everturn.Agents;

/// <summary>From where a run is tried again (Helix Agents, <c>retry</c>).</summary>
public enum RetryMode
{
    /// <summary>From its last committed step, or from its input where it committed none.</summary>
    FromCheckpoint,

    /// <summary>From its input: messages and custom state are put back to where it began.</summary>
    FromStart,
}
