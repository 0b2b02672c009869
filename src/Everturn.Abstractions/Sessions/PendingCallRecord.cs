namespace Everturn.Sessions;

/// <summary>A tool call that waits for somebody outside: a client that executes it, or a person who decides.</summary>
public sealed record PendingCallRecord
{
    /// <summary>The session. The store fills it in.</summary>
    public SessionKey Session { get; init; }

    /// <summary>Id of the approval or client call, unique in the session.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>The session's agent. The store fills it in.</summary>
    public string AgentType { get; init; } = "";

    /// <summary>Whose session it is. The store fills it in.</summary>
    public string? UserId { get; init; }

    /// <summary>The run that waits. A run that goes on without the answer hands the call to the next one.</summary>
    public required string RunId { get; init; }

    /// <summary>The model's id of the call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>What is asked for, see <see cref="PendingCallKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The arguments, a JSON object.</summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>SHA-256 of the arguments, hex: what the decision was about.</summary>
    public required string ArgumentsHash { get; init; }

    /// <summary>Where it is. Default <see cref="PendingCallStatus.Pending"/>.</summary>
    public PendingCallStatus Status { get; init; } = PendingCallStatus.Pending;

    /// <summary>The answer as it was given, JSON; null while there is none.</summary>
    public ReadOnlyMemory<byte>? Response { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, in their words.</summary>
    public string? Reason { get; init; }

    /// <summary>Until when the same tool needs no further approval in this session; null for this call alone.</summary>
    public DateTimeOffset? GrantedUntil { get; init; }

    /// <summary>What applies when its time is over.</summary>
    public ExpiryOutcome OnExpiry { get; init; } = ExpiryOutcome.Deny;

    /// <summary>Whether the arguments are kept out of streams, logs and lists.</summary>
    public bool Sensitive { get; init; }

    /// <summary>The workflow whose instance asked; null for an agent's run.</summary>
    public string? Workflow { get; init; }

    /// <summary>The instance that asked; null for an agent's run.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the default outcome applies.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}
