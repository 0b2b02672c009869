namespace Everturn.Workflows;

/// <summary>Time as it is stored.</summary>
internal static class UtcMilliseconds
{
    /// <summary>Now, UTC, cut to the millisecond, so that what is stored reads back the same.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
