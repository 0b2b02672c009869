using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>One instance as it is stored, without its journal.</summary>
/// <param name="Key">The instance.</param>
/// <param name="Params">What it was created with.</param>
public sealed record InstanceRecord(InstanceKey Key, Payload Params)
{
    /// <summary>Who created it: see <see cref="IWorkflowStore.CreateAsync"/>.</summary>
    public string? CreationToken { get; init; }

    /// <summary>Where it is in its life.</summary>
    public InstanceStatus Status { get; init; } = InstanceStatus.Queued;

    /// <summary>The version of its definition, from 1.</summary>
    public int DefinitionVersion { get; init; } = 1;

    /// <summary>Where it comes from; null for a plain create.</summary>
    public InstanceOrigin? Origin { get; init; }

    /// <summary>Its output, once complete.</summary>
    public Payload? Result { get; init; }

    /// <summary>Its error, once errored, or why it was paused.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>When it was created: UTC, to the millisecond.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a node first took it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was paused, while it is.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it is to be removed, once it has ended.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its end with rollback is asked for.</summary>
    public bool IsTerminating { get; init; }

    /// <summary>What became of its rollback.</summary>
    public RollbackResult? Rollback { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// From when on a node may claim it; null while it is owned, waits for an event without a limit, or has ended. This
    /// one field is timer index and work queue in one.
    /// </summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The node that executes it, in its epoch; null when none does.</summary>
    public NodeIdentity? Owner { get; init; }

    /// <summary>How often it was claimed or taken away; part of the fence.</summary>
    public long OwnerEpoch { get; init; }

    /// <summary>Claims since the last progress.</summary>
    public int ClaimCount { get; init; }

    /// <summary>The number of the last event that was sent to it; 0 if there was none.</summary>
    public long LastEvent { get; init; }

    /// <summary>The fence of the present owner.</summary>
    /// <exception cref="InvalidOperationException">Nobody owns it.</exception>
    public Fence Fence =>
        Owner is { } owner ? new(owner, OwnerEpoch) : throw new InvalidOperationException($"{Key} is not owned.");
}
