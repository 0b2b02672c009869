namespace Everturn.Workflows.Storage;

/// <summary>A firing of a schedule.</summary>
/// <param name="Workflow">The schedule's workflow.</param>
/// <param name="Cron">Its expression.</param>
/// <param name="ScheduledTime">The time it fires for.</param>
/// <param name="Instance">What the firing creates; null only notes the time.</param>
public sealed record ScheduledInstance(
    string Workflow,
    string Cron,
    DateTimeOffset ScheduledTime,
    NewInstance? Instance
);
