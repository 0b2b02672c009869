namespace Everturn.Workflows;

/// <summary>How a step runs (Cloudflare Workflows, <c>WorkflowStepConfig</c>).</summary>
public sealed record StepOptions
{
    /// <summary>Retries of failed attempts. Default: 5, after 10 s, 20 s, 40 s and so on.</summary>
    public RetryOptions Retries { get; init; } = new();

    /// <summary>
    /// Time for one attempt, more than zero. Default 10 minutes. When it is over, the attempt's token is cancelled, its
    /// late result is ignored, and the attempt counts as failed with <see cref="WorkflowTimeoutException"/>.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The result is stored, and left out of logs, traces and introspection. Default false.</summary>
    public bool Sensitive { get; init; }

    /// <summary>
    /// Undoes the step if the instance fails or is terminated with rollback. Null for nothing to undo. A step with it
    /// records its start before its callback runs.
    /// </summary>
    public StepRollback? Rollback { get; init; }
}
