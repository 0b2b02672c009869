namespace Everturn.Agents;

/// <summary>The session has a run that is running or suspended; at most one may. Over HTTP: 409.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="runId">The run in the way, if known.</param>
/// <param name="status">Its status.</param>
public sealed class AgentAlreadyRunningException(string sessionId, string? runId, string status)
    : EverturnException($"Session '{sessionId}' has a run that is {status}. Wait for it, interrupt it, or resume it.")
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The run in the way, if known.</summary>
    public string? RunId { get; } = runId;

    /// <summary>Its status.</summary>
    public string Status { get; } = status;
}
