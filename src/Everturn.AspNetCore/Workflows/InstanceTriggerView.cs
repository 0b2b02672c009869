using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>What created an instance.</summary>
public sealed record InstanceTriggerView
{
    /// <summary><c>api</c>, <c>cron</c>, or <c>workflow</c> for a child.</summary>
    public required InstanceTrigger Source { get; init; }

    /// <summary>The expression of the schedule.</summary>
    public string? Cron { get; init; }

    /// <summary>The time the schedule fired for.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>The parent's workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>The parent's id.</summary>
    public string? InstanceId { get; init; }

    internal static InstanceTriggerView Of(InstanceSnapshot instance) =>
        new()
        {
            Source = instance.Trigger,
            Cron = instance.Schedule?.Cron,
            ScheduledTime = instance.Schedule?.ScheduledTime,
            Workflow = instance.Parent?.Workflow,
            InstanceId = instance.Parent?.Id,
        };
}
