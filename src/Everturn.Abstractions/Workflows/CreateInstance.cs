namespace Everturn.Workflows;

/// <summary>An instance to create.</summary>
/// <param name="Key">Its key; an empty id lets the engine choose one.</param>
public sealed record CreateInstance(InstanceKey Key)
{
    /// <summary>The most that one batch creates.</summary>
    public const int MaxBatch = 100;

    /// <summary>The largest batch, in bytes of <see cref="ParamsJson"/> taken together: 1 MiB.</summary>
    public const int MaxBatchBytes = 1024 * 1024;

    /// <summary>What the workflow gets as payload, as plain JSON, at most 1 MiB; empty for nothing.</summary>
    public ReadOnlyMemory<byte> ParamsJson { get; init; }

    /// <summary>
    /// Makes the create repeatable: a second create with the same id and the same token returns the existing instance.
    /// Null: an id that exists is refused.
    /// </summary>
    public string? CreationToken { get; init; }

    /// <summary>How long it is kept when it has ended; null for what its workflow says.</summary>
    public InstanceRetention? Retention { get; init; }
}
