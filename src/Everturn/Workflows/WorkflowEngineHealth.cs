namespace Everturn.Workflows;

/// <summary>
/// Whether the engine of this process gets its work done. A failed write makes it unhealthy until one succeeds again.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class WorkflowEngineHealth(TimeProvider time)
{
    private readonly Lock _lock = new();
    private WorkflowEngineReport _report = new();

    /// <summary>How it is right now.</summary>
    public WorkflowEngineReport Current
    {
        get
        {
            lock (_lock)
            {
                return _report;
            }
        }
    }

    internal void CommitFailed(Exception exception) =>
        Change(report =>
            report with
            {
                FailedCommits = report.FailedCommits + 1,
                LastError = exception.Message,
                LastErrorAt = time.GetUtcNow(),
            }
        );

    internal void CommitSucceeded()
    {
        if (Current.FailedCommits > 0)
        {
            Change(report => report with { FailedCommits = 0 });
        }
    }

    internal void LookedForWork(Exception? exception)
    {
        var now = time.GetUtcNow();
        Change(report =>
            exception is null
                ? report with
                {
                    FailedPolls = 0,
                    LastPollAt = now,
                }
                : report with
                {
                    FailedPolls = report.FailedPolls + 1,
                    LastError = exception.Message,
                    LastErrorAt = now,
                }
        );
    }

    internal void Count(int active) => Change(report => report with { ActiveInstances = active });

    private void Change(Func<WorkflowEngineReport, WorkflowEngineReport> change)
    {
        lock (_lock)
        {
            _report = change(_report);
        }
    }
}
