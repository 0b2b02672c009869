namespace Everturn.StatefulAgents;

/// <summary>How a schedule is stored and run.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Retries of the callback; null for the agent's own.</summary>
    public AgentRetryOptions? Retry { get; init; }

    /// <summary>
    /// Whether an equal schedule (callback, payload and, for cron, the expression) is returned instead of adding a
    /// second one. Null is true for cron and false otherwise; intervals always are.
    /// </summary>
    public bool? Idempotent { get; init; }
}
