namespace Everturn.Workflows;

/// <summary>An instance to create.</summary>
/// <param name="Key">Its key; an empty id lets the engine choose one.</param>
public sealed record CreateInstance(InstanceKey Key)
{
    /// <summary>What the workflow gets as payload, as plain JSON, at most 1 MiB; empty for nothing.</summary>
    public ReadOnlyMemory<byte> ParamsJson { get; init; }

    /// <summary>
    /// Makes the create repeatable: a second create with the same id and the same token returns the existing instance.
    /// Null: an id that exists is refused.
    /// </summary>
    public string? CreationToken { get; init; }
}
