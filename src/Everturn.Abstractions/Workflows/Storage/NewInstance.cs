using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>An instance to create.</summary>
/// <param name="Key">Its key, already checked.</param>
/// <param name="Params">What it is created with.</param>
/// <param name="CreatedAt">Now: UTC, to the millisecond.</param>
public sealed record NewInstance(InstanceKey Key, Payload Params, DateTimeOffset CreatedAt)
{
    /// <summary>Makes the create repeatable: the same token finds the instance again. Null: never repeatable.</summary>
    public string? CreationToken { get; init; }

    /// <summary>The version of its definition, from 1.</summary>
    public int DefinitionVersion { get; init; } = 1;

    /// <summary>Where it comes from; null for a plain create.</summary>
    public InstanceOrigin? Origin { get; init; }

    /// <summary>The node that takes the instance in the same transaction; null leaves it for anybody, at once.</summary>
    public NodeIdentity? Owner { get; init; }

    /// <summary>The instance as it is right after its creation.</summary>
    public InstanceRecord ToRecord() =>
        new(Key, Params)
        {
            CreationToken = CreationToken,
            CreatedAt = CreatedAt,
            DefinitionVersion = DefinitionVersion,
            Origin = Origin,
            StartedAt = Owner is null ? null : CreatedAt,
            Status = Owner is null ? InstanceStatus.Queued : InstanceStatus.Running,
            Owner = Owner,
            OwnerEpoch = Owner is null ? 0 : 1,
            ClaimCount = Owner is null ? 0 : 1,
            WakeAt = Owner is null ? CreatedAt : null,
        };
}
