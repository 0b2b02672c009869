using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>An <see cref="InstanceOrigin"/> as it is stored.</summary>
internal sealed record OriginRow
{
    public string? Cron { get; init; }

    public long? ScheduledTime { get; init; }

    public string? ParentTenant { get; init; }

    public string? ParentWorkflow { get; init; }

    public string? ParentId { get; init; }

    public string? ParentEvent { get; init; }

    public bool? HasRetention { get; init; }

    public double? RetainSuccessMs { get; init; }

    public double? RetainErrorMs { get; init; }

    public string? Trace { get; init; }

    public static OriginRow Of(InstanceOrigin origin) =>
        new()
        {
            Cron = origin.Schedule?.Cron,
            ScheduledTime = WorkflowRows.Milliseconds(origin.Schedule?.ScheduledTime),
            ParentTenant = origin.Parent?.Tenant,
            ParentWorkflow = origin.Parent?.Workflow,
            ParentId = origin.Parent?.Id,
            ParentEvent = origin.ParentEvent,
            HasRetention = origin.Retention is null ? null : true,
            RetainSuccessMs = origin.Retention?.Success?.TotalMilliseconds,
            RetainErrorMs = origin.Retention?.Error?.TotalMilliseconds,
            Trace = origin.Trace,
        };

    public InstanceOrigin ToOrigin() =>
        new()
        {
            Schedule = Cron is null ? null : new ScheduleFiring(Cron, WorkflowRows.Time(ScheduledTime) ?? default),
            Parent = ParentId is null ? null : new InstanceKey(ParentTenant ?? "", ParentWorkflow ?? "", ParentId),
            ParentEvent = ParentEvent,
            Retention = HasRetention is true
                ? new InstanceRetention { Success = Time(RetainSuccessMs), Error = Time(RetainErrorMs) }
                : null,
            Trace = Trace,
        };

    private static TimeSpan? Time(double? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
