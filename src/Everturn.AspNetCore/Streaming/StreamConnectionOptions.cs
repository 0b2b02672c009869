namespace Everturn.AspNetCore;

/// <summary>How connections that read a session's stream are kept alive, and when they are given up.</summary>
public sealed class StreamConnectionOptions
{
    /// <summary>
    /// How often an idle WebSocket is pinged, and a subscription to a workflow instance gets a comment. Default 15 seconds.
    /// For WebSockets it is read when the endpoints are mapped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan PingInterval
    {
        get;
        set => field = Positive(value);
    } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A reader that takes nothing and answers no ping for this long is dead, and its connection is dropped; it may come
    /// back with its position. Default 1 minute. For WebSockets it is read when the endpoints are mapped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan DeadAfter
    {
        get;
        set => field = Positive(value);
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Origins of pages that may open a WebSocket, besides the server's own, for example <c>https://app.example.com</c>;
    /// <c>*</c> stands for all. Browsers send cookies along from any page, so another origin is refused (403) unless it is
    /// here. Callers that are no browser send no origin and are not concerned. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
