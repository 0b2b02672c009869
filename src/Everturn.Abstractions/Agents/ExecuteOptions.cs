namespace Everturn.Agents;

/// <summary>Options of one execution.</summary>
public sealed record ExecuteOptions
{
    /// <summary>The tenant. Default: empty.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The session; null for a new one with an id of the server's.</summary>
    public string? SessionId { get; init; }

    /// <summary>The caller's id of the request: repeated with the same input, it gives the same run.</summary>
    public string? RequestId { get; init; }

    /// <summary>What becomes of the message if the session's run has not ended. Default: it is refused.</summary>
    public DoubleTexting DoubleTexting { get; init; } = DoubleTexting.Reject;

    /// <summary>
    /// The agent server that the run belongs to: it gives the chat client and hears of the end. Null for the server of
    /// the session's run before it, or none.
    /// </summary>
    public string? Server { get; init; }

    /// <summary>A short name for lists; default: the beginning of the first message.</summary>
    public string? Title { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The user an existing session must belong to; if it belongs to another or to nobody, the call fails as if there
    /// were no such session. Null accepts any. A new session belongs to <see cref="UserId"/>.
    /// </summary>
    public string? ExpectedUserId { get; init; }

    /// <summary>Labels for lists; null leaves them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Names and values; null leaves them.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
