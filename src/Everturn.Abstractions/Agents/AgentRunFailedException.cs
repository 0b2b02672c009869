namespace Everturn.Agents;

/// <summary>How a run failed, as an exception: for code that wants one. Nothing throws it by itself.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="runId">The run.</param>
/// <param name="reason">Why, see <see cref="Sessions.RunReason"/>.</param>
/// <param name="error">What went wrong, for people.</param>
public sealed class AgentRunFailedException(string sessionId, string runId, string? reason, string? error)
    : EverturnException(
        error ?? $"Run '{runId}' of session '{sessionId}' failed{(reason is null ? "" : $": {reason}")}."
    )
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The run.</summary>
    public string RunId { get; } = runId;

    /// <summary>Why, see <see cref="Sessions.RunReason"/>.</summary>
    public string? Reason { get; } = reason;
}
