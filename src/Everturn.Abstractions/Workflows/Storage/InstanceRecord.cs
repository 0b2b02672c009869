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

    /// <summary>Its output, once complete.</summary>
    public Payload? Result { get; init; }

    /// <summary>Its error, once errored.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>When it was created: UTC, to the millisecond.</summary>
    public DateTimeOffset CreatedAt { get; init; }

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
