namespace Everturn.Agents;

/// <summary>The session has no such checkpoint, or what it points at is void. Over HTTP: 404.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="checkpointId">The checkpoint that was asked for.</param>
/// <param name="isVoided">Whether it is there, but the transcript was put back to before it.</param>
public sealed class CheckpointNotFoundException(string sessionId, string checkpointId, bool isVoided = false)
    : EverturnException(
        isVoided
            ? $"Session '{sessionId}' was put back to before checkpoint '{checkpointId}'."
            : $"Session '{sessionId}' has no checkpoint '{checkpointId}'."
    )
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The checkpoint that was asked for.</summary>
    public string CheckpointId { get; } = checkpointId;

    /// <summary>Whether it is there, but the transcript was put back to before it.</summary>
    public bool IsVoided { get; } = isVoided;
}
