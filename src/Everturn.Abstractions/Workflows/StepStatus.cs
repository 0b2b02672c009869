namespace Everturn.Workflows;

/// <summary>Where a step is.</summary>
public enum StepStatus
{
    /// <summary>An attempt is under way.</summary>
    Running,

    /// <summary>It sleeps, waits for an event, or for its next attempt.</summary>
    Waiting,

    /// <summary>It has its result.</summary>
    Completed,

    /// <summary>It failed for good, or its wait timed out.</summary>
    Errored,
}
