using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>
/// What happened to an instance. Open: a type that this build does not know is kept as it is. The names are those of
/// Cloudflare Workflows.
/// </summary>
/// <param name="Value">The name as it is stored and sent.</param>
[JsonConverter(typeof(OpenNameConverter<InstanceLogEventType>))]
public readonly record struct InstanceLogEventType(string Value) : IOpenName<InstanceLogEventType>
{
    /// <summary>Created, restarted or resumed: it waits to be taken.</summary>
    public static InstanceLogEventType WorkflowQueued { get; } = new("workflow_queued");

    /// <summary>Its first execution began.</summary>
    public static InstanceLogEventType WorkflowStarted { get; } = new("workflow_started");

    /// <summary>An execution began.</summary>
    public static InstanceLogEventType WorkflowRunning { get; } = new("workflow_running");

    /// <summary>It left memory until something is due or an event comes.</summary>
    public static InstanceLogEventType WorkflowWaiting { get; } = new("workflow_waiting");

    /// <summary>A pause was asked for, and steps are in flight.</summary>
    public static InstanceLogEventType WorkflowWaitingForPause { get; } = new("workflow_waiting_for_pause");

    /// <summary>It is paused; with an error if its journal does not fit the code.</summary>
    public static InstanceLogEventType WorkflowPaused { get; } = new("workflow_paused");

    /// <summary>It ended with an output. The last event.</summary>
    public static InstanceLogEventType WorkflowCompleted { get; } = new("workflow_completed");

    /// <summary>It ended with an error. The last event.</summary>
    public static InstanceLogEventType WorkflowErrored { get; } = new("workflow_errored");

    /// <summary>It was ended. The last event.</summary>
    public static InstanceLogEventType WorkflowTerminated { get; } = new("workflow_terminated");

    /// <summary>A step was asked for.</summary>
    public static InstanceLogEventType StepStarted { get; } = new("step_started");

    /// <summary>A step has its result.</summary>
    public static InstanceLogEventType StepCompleted { get; } = new("step_completed");

    /// <summary>A step failed for good.</summary>
    public static InstanceLogEventType StepErrored { get; } = new("step_errored");

    /// <summary>An attempt began.</summary>
    public static InstanceLogEventType AttemptStarted { get; } = new("attempt_started");

    /// <summary>An attempt had a result.</summary>
    public static InstanceLogEventType AttemptCompleted { get; } = new("attempt_completed");

    /// <summary>An attempt failed.</summary>
    public static InstanceLogEventType AttemptErrored { get; } = new("attempt_errored");

    /// <summary>A sleep began.</summary>
    public static InstanceLogEventType SleepStarted { get; } = new("sleep_started");

    /// <summary>A sleep ended.</summary>
    public static InstanceLogEventType SleepCompleted { get; } = new("sleep_completed");

    /// <summary>A wait for an event or a child began.</summary>
    public static InstanceLogEventType WaitStarted { get; } = new("wait_started");

    /// <summary>A wait received its event.</summary>
    public static InstanceLogEventType WaitCompleted { get; } = new("wait_completed");

    /// <summary>A wait timed out.</summary>
    public static InstanceLogEventType WaitTimedOut { get; } = new("wait_timed_out");

    /// <summary>The rollback began.</summary>
    public static InstanceLogEventType RollbackStarted { get; } = new("rollback_started");

    /// <summary>The rollback of a step began.</summary>
    public static InstanceLogEventType RollbackStepStarted { get; } = new("rollback_step_started");

    /// <summary>The rollback of a step ended well.</summary>
    public static InstanceLogEventType RollbackStepCompleted { get; } = new("rollback_step_completed");

    /// <summary>The rollback of a step failed for good.</summary>
    public static InstanceLogEventType RollbackStepErrored { get; } = new("rollback_step_errored");

    /// <summary>An attempt of the rollback of a step began.</summary>
    public static InstanceLogEventType RollbackAttemptStarted { get; } = new("rollback_attempt_started");

    /// <summary>An attempt of the rollback of a step ended well.</summary>
    public static InstanceLogEventType RollbackAttemptCompleted { get; } = new("rollback_attempt_completed");

    /// <summary>An attempt of the rollback of a step failed.</summary>
    public static InstanceLogEventType RollbackAttemptErrored { get; } = new("rollback_attempt_errored");

    /// <summary>All handlers ran well.</summary>
    public static InstanceLogEventType RollbackCompleted { get; } = new("rollback_completed");

    /// <summary>A handler failed for good.</summary>
    public static InstanceLogEventType RollbackErrored { get; } = new("rollback_errored");

    /// <summary>
    /// All that this version writes. The stores keep a type as its place here: a new one goes to the end, and none moves.
    /// </summary>
    public static IReadOnlyList<InstanceLogEventType> All { get; } =
    [
        WorkflowQueued,
        WorkflowStarted,
        WorkflowRunning,
        WorkflowWaiting,
        WorkflowWaitingForPause,
        WorkflowPaused,
        WorkflowCompleted,
        WorkflowErrored,
        WorkflowTerminated,
        StepStarted,
        StepCompleted,
        StepErrored,
        AttemptStarted,
        AttemptCompleted,
        AttemptErrored,
        SleepStarted,
        SleepCompleted,
        WaitStarted,
        WaitCompleted,
        WaitTimedOut,
        RollbackStarted,
        RollbackStepStarted,
        RollbackStepCompleted,
        RollbackStepErrored,
        RollbackAttemptStarted,
        RollbackAttemptCompleted,
        RollbackAttemptErrored,
        RollbackCompleted,
        RollbackErrored,
    ];

    /// <summary>Whether nothing comes after it, unless the instance is restarted.</summary>
    [JsonIgnore]
    public bool IsTerminal => Value is "workflow_completed" or "workflow_errored" or "workflow_terminated";

    /// <inheritdoc/>
    public static InstanceLogEventType FromName(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
