using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>The session is not in a status that can be resumed or retried. Over HTTP: 409.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="reason">Why, see <see cref="ResumeRefusal"/>.</param>
/// <param name="runId">The session's current run, if it has one.</param>
/// <param name="status">Its status.</param>
public sealed class CannotResumeException(string sessionId, string reason, string? runId, RunStatus? status)
    : EverturnException($"Session '{sessionId}' cannot be taken up again: {reason}.")
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>Why, see <see cref="ResumeRefusal"/>.</summary>
    public string Reason { get; } = reason;

    /// <summary>The session's current run, if it has one.</summary>
    public string? RunId { get; } = runId;

    /// <summary>Its status.</summary>
    public RunStatus? Status { get; } = status;
}
