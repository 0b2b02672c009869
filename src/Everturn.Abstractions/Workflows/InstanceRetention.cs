namespace Everturn.Workflows;

/// <summary>
/// How long an instance that has ended is kept (Cloudflare Workflows, <c>retention</c>). When the time is over it is
/// removed with all that is remembered of it, and its id can be used again.
/// </summary>
public sealed record InstanceRetention
{
    /// <summary>30 days each.</summary>
    public static InstanceRetention Default { get; } = new();

    /// <summary>Kept for ever.</summary>
    public static InstanceRetention Forever { get; } = new() { Success = null, Error = null };

    /// <summary>After completion, not negative; null for ever. Default 30 days.</summary>
    public TimeSpan? Success { get; init; } = TimeSpan.FromDays(30);

    /// <summary>After an error or termination, not negative; null for ever. Default 30 days.</summary>
    public TimeSpan? Error { get; init; } = TimeSpan.FromDays(30);

    /// <summary>When an instance that ended is to be removed; null for never.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="endedAt">When.</param>
    public DateTimeOffset? ExpiresAt(InstanceStatus status, DateTimeOffset endedAt) =>
        endedAt + (status == InstanceStatus.Complete ? Success : Error);

    internal void Check(string field)
    {
        if (Success < TimeSpan.Zero || Error < TimeSpan.Zero)
        {
            throw new InvalidInputException(field, "must not be negative.");
        }
    }
}
