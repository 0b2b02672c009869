using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Instances as users see them.</summary>
internal static class InstanceSnapshots
{
    public static InstanceSnapshot Of(InstanceRecord record) =>
        new(record.Key, record.Status, record.CreatedAt)
        {
            StartedAt = record.StartedAt,
            EndedAt = record.EndedAt,
            PausedAt = record.PausedAt,
            ExpiresAt = record.ExpiresAt,
            WakeAt = record.WakeAt,
            Error = record.Error,
            OutputJson = record.Result is { } result ? WorkflowPayloads.Decode(result) : default,
            IsOwned = record.Owner is not null,
            DefinitionVersion = record.DefinitionVersion,
            Trigger =
                record.Origin?.Schedule is not null ? InstanceTrigger.Schedule
                : record.Origin?.Parent is not null ? InstanceTrigger.Parent
                : InstanceTrigger.Api,
            Schedule = record.Origin?.Schedule,
            Parent = record.Origin?.Parent,
            Rollback = record.Rollback,
        };
}
