namespace Everturn.Sessions;

/// <summary>The session was deleted, and its id is not free until its tombstone expires. Over HTTP: 410.</summary>
/// <param name="sessionId">The id that was asked for.</param>
public sealed class SessionDeletedException(string sessionId)
    : EverturnException($"Session '{sessionId}' was deleted. Use another id.")
{
    /// <summary>The id that was asked for.</summary>
    public string SessionId { get; } = sessionId;
}
