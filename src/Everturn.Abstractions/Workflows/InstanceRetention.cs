namespace Everturn.Workflows;

/// <summary>
/// How long an instance that has ended is kept (Cloudflare Workflows, <c>retention</c>). When the time is over it is
/// removed with all that is remembered of it, and its id can be used again.
/// </summary>
public sealed record InstanceRetention
{
    /// <summary>The longest that is not for ever: 100 years, so that the time of removal is a date.</summary>
    public const int MaxDays = 36_500;

    /// <summary>30 days each.</summary>
    public static InstanceRetention Default { get; } = new();

    /// <summary>Kept for ever.</summary>
    public static InstanceRetention Forever { get; } = new() { Success = null, Error = null };

    /// <summary>After completion, 0 to <see cref="MaxDays"/> days; null for ever. Default 30 days.</summary>
    public TimeSpan? Success { get; init; } = TimeSpan.FromDays(30);

    /// <summary>After an error or termination, 0 to <see cref="MaxDays"/> days; null for ever. Default 30 days.</summary>
    public TimeSpan? Error { get; init; } = TimeSpan.FromDays(30);

    /// <summary>When an instance that ended is to be removed; null for never.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="endedAt">When.</param>
    public DateTimeOffset? ExpiresAt(InstanceStatus status, DateTimeOffset endedAt) =>
        endedAt + (status == InstanceStatus.Complete ? Success : Error);

    internal void Check(string field)
    {
        if (IsOutOfRange(Success) || IsOutOfRange(Error))
        {
            throw new InvalidInputException(field, $"must be 0 to {MaxDays} days; null is for ever.");
        }
    }

    private static bool IsOutOfRange(TimeSpan? time) => time < TimeSpan.Zero || time > TimeSpan.FromDays(MaxDays);
}
