namespace Everturn;

/// <summary>Ids that the server mints: UUIDv7, so that they sort by creation time.</summary>
public static class ServerId
{
    /// <summary>A new id, 36 characters, its time taken from <paramref name="time"/>.</summary>
    /// <param name="time">The clock.</param>
    public static string New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
#pragma warning disable RS0030 // The one place that may: the clock is injected.
        return Guid.CreateVersion7(time.GetUtcNow()).ToString("D");
#pragma warning restore RS0030
    }
}
