namespace Everturn.Sessions;

/// <summary>
/// Something that must happen outside this store once the commit is durable. Written in the commit, carried out after
/// it, at start-up and every minute; idempotent by its token.
/// </summary>
public sealed record OutboxEntry
{
    /// <summary>Place in the outbox. The store fills it in.</summary>
    public long Id { get; init; }

    /// <summary>The session it concerns.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>What to do, see <see cref="OutboxKind"/>.</summary>
    public required OutboxKind Kind { get; init; }

    /// <summary>The workflow instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The run's id, which is the creation token: the same one finds the existing instance, another is refused.</summary>
    public required string Token { get; init; }

    /// <summary>The workflow to start.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>The instance's parameters, JSON.</summary>
    public ReadOnlyMemory<byte> Parameters { get; init; }
}
