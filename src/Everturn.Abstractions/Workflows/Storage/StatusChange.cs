namespace Everturn.Workflows.Storage;

/// <summary>Changes of an instance's status as entries of its log; stores write them with the change.</summary>
public static class StatusChange
{
    /// <summary>The entry for a status that was just reached.</summary>
    /// <param name="status">The status.</param>
    /// <param name="at">When.</param>
    /// <param name="error">Why, with errored and paused.</param>
    public static LogEntry Entry(InstanceStatus status, DateTimeOffset at, InstanceError? error = null) =>
        new(TypeOf(status), at) { Error = error };

    private static InstanceLogEventType TypeOf(InstanceStatus status) =>
        status.Value switch
        {
            "queued" => InstanceLogEventType.WorkflowQueued,
            "running" => InstanceLogEventType.WorkflowRunning,
            "waiting" => InstanceLogEventType.WorkflowWaiting,
            "waitingForPause" => InstanceLogEventType.WorkflowWaitingForPause,
            "paused" => InstanceLogEventType.WorkflowPaused,
            "complete" => InstanceLogEventType.WorkflowCompleted,
            "errored" => InstanceLogEventType.WorkflowErrored,
            "terminated" => InstanceLogEventType.WorkflowTerminated,
            var other => new($"workflow_{other}"),
        };
}
