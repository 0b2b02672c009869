using System.Text.Json;

namespace Everturn.Workflows;

/// <summary>An instance at one moment.</summary>
/// <param name="Key">The instance.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="CreatedAt">When it was created, UTC.</param>
public sealed record InstanceSnapshot(InstanceKey Key, InstanceStatus Status, DateTimeOffset CreatedAt)
{
    /// <summary>When it was first executed.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was paused, while it is.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it will be removed, once it has ended; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The version of the definition it was created with.</summary>
    public int DefinitionVersion { get; init; } = 1;

    /// <summary>What created it.</summary>
    public InstanceTrigger Trigger { get; init; } = InstanceTrigger.Api;

    /// <summary>The firing that created it, if a schedule did.</summary>
    public ScheduleFiring? Schedule { get; init; }

    /// <summary>The instance whose child it is, if it is one.</summary>
    public InstanceKey? Parent { get; init; }

    /// <summary>What became of its rollback; null if there was none.</summary>
    public RollbackResult? Rollback { get; init; }

    /// <summary>When it will go on by itself: a sleep or retry that is due, or the timeout of a wait.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Its error, if it errored, or why it was stopped, if its journal does not fit the code.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>Its output as plain JSON, if it is complete; empty if it has none.</summary>
    public ReadOnlyMemory<byte> OutputJson { get; init; }

    /// <summary>Whether somebody executes it right now.</summary>
    public bool IsOwned { get; init; }

    /// <summary>The output as <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The workflow's result type.</typeparam>
    /// <exception cref="InstanceFailedException">It errored or was terminated.</exception>
    /// <exception cref="InvalidOperationException">It has not ended.</exception>
    /// <exception cref="JsonException">The output is not a <typeparamref name="T"/>.</exception>
    public T Output<T>()
    {
        if (Status == InstanceStatus.Complete)
        {
            return StepJson.Read<T>(OutputJson);
        }

        throw Status.IsTerminal
            ? new InstanceFailedException(Key, Status, Error)
            : new InvalidOperationException($"Instance {Key} is {Status} and has no output yet.");
    }
}
