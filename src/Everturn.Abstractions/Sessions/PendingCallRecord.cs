namespace Everturn.Sessions;

/// <summary>
/// A call of an agent's run or of a workflow's instance that waits for somebody outside: a client that executes it, or a
/// person who decides.
/// </summary>
public sealed record PendingCallRecord
{
    /// <summary>The session. The store fills it in. For a workflow's instance the tenant, and no id.</summary>
    public SessionKey Session { get; init; }

    /// <summary>Id of the approval or client call, unique in the session; an instance's, in the tenant.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>The session's agent. The store fills it in. Empty for a workflow's instance.</summary>
    public string AgentType { get; init; } = "";

    /// <summary>Whose session it is. The store fills it in. For a workflow's instance the user who was asked.</summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The run that waits. A run that goes on without the answer hands the call to the next one. Empty for a workflow's
    /// instance.
    /// </summary>
    public required string RunId { get; init; }

    /// <summary>The model's id of the call; for a workflow's instance the step's name and which call of that name it is.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>What is asked for, see <see cref="PendingCallKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The arguments, a JSON object.</summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>
    /// The JSON schema that the answer to a workflow must fit: edited arguments, or the client's result. Null for an agent's
    /// tool, whose own applies.
    /// </summary>
    public ReadOnlyMemory<byte>? AnswerSchema { get; init; }

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
