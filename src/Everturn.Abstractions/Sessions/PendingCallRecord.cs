namespace Everturn.Sessions;

/// <summary>A tool call that waits for somebody outside: a client that executes it, or a person who decides.</summary>
public sealed record PendingCallRecord
{
    /// <summary>The session. The store fills it in.</summary>
    public SessionKey Session { get; init; }

    /// <summary>Id of the approval or client call, unique in the session.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>The run that suspended.</summary>
    public required string RunId { get; init; }

    /// <summary>The model's id of the call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary><c>client</c> for a call that the client executes, <c>approval</c> for a gate.</summary>
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

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the default outcome applies.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}
