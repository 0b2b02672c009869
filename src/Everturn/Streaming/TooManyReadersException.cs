namespace Everturn.Streaming;

/// <summary>
/// The session has as many live readers in this process as <see cref="EverturnLimits.ConnectionsPerSession"/> allows.
/// Over HTTP: 429.
/// </summary>
/// <param name="sessionId">The session.</param>
/// <param name="limit">How many it may have.</param>
public sealed class TooManyReadersException(string sessionId, int limit)
    : EverturnException($"Session '{sessionId}' has {limit} live readers already, which is the limit. Close one.")
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>How many it may have.</summary>
    public int Limit { get; } = limit;
}
