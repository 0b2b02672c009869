namespace Everturn.Workflows;

/// <summary>How the instances of one workflow are executed and kept.</summary>
public sealed class WorkflowDefinitionOptions
{
    /// <summary>The largest <see cref="StepLimit"/>.</summary>
    public const int MaxStepLimit = 25_000;

    /// <summary>
    /// How many instances run at a time, on all hosts together, from 1; others are queued and start in order. Waiting and
    /// paused ones do not count. Null, the default, for no limit.
    /// </summary>
    public int? ConcurrencyLimit { get; set; }

    /// <summary>
    /// How many steps with a callback an instance may ask for, 1 to 25,000, recorded ones counted again in each execution;
    /// sleeps and waits do not count. Default 10,000.
    /// </summary>
    public int StepLimit { get; set; } = 10_000;

    /// <summary>How long ended instances are kept where their creation does not say so. Default 30 days.</summary>
    public InstanceRetention Retention { get; set; } = InstanceRetention.Default;

    /// <summary>
    /// Stops an instance as soon as the code asks for something new while steps are recorded that it did not ask for.
    /// Default false: steps may be inserted, moved, renamed and removed, and only contradictions stop the instance.
    /// </summary>
    public bool StrictReplay { get; set; }

    /// <summary>When instances are created by the clock, at most 100.</summary>
    public IList<WorkflowSchedule> Schedules { get; } = [];
}
