namespace Everturn.Sessions;

/// <summary>There is no such session. Over HTTP: 404.</summary>
/// <param name="sessionId">The id that was asked for.</param>
public sealed class SessionNotFoundException(string sessionId)
    : EverturnException($"There is no session '{sessionId}'.")
{
    /// <summary>The id that was asked for.</summary>
    public string SessionId { get; } = sessionId;
}
