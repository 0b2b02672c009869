namespace Everturn.Sessions.Storage;

/// <summary>Times as rows keep them: UTC, whole milliseconds.</summary>
public static class StoredTime
{
    /// <summary>The time, cut to whole milliseconds.</summary>
    /// <param name="time">Any time.</param>
    public static DateTimeOffset Of(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>The time, cut to whole milliseconds; null stays null.</summary>
    /// <param name="time">Any time.</param>
    public static DateTimeOffset? Of(DateTimeOffset? time) => time is { } value ? Of(value) : null;
}
