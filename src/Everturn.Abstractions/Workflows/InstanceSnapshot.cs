using System.Text.Json;

namespace Everturn.Workflows;

/// <summary>An instance at one moment.</summary>
/// <param name="Key">The instance.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="CreatedAt">When it was created, UTC.</param>
public sealed record InstanceSnapshot(InstanceKey Key, InstanceStatus Status, DateTimeOffset CreatedAt)
{
    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it will go on by itself: a sleep or retry that is due, or the timeout of a wait.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Its error, if it errored.</summary>
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
