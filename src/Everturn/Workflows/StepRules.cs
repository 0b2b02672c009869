namespace Everturn.Workflows;

/// <summary>What step options and times may be (Cloudflare Workflows; see the spec's sections 1.6, 1.10 and 1.11).</summary>
internal static class StepRules
{
    /// <summary>The longest sleep, wait and retry delay.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static readonly TimeSpan LongestAttempt = TimeSpan.FromDays(30);

    public static void Check(StepOptions options)
    {
        var retries = options.Retries ?? throw new InvalidInputException("options.Retries", "must not be null.");
        if (retries.Limit is < 0 or > RetryOptions.MaxLimit)
        {
            throw new InvalidInputException("options.Retries.Limit", $"must be 0 to {RetryOptions.MaxLimit}.");
        }

        if (retries.Delay < TimeSpan.Zero || retries.Delay > Longest)
        {
            throw new InvalidInputException("options.Retries.Delay", "must be 0 to 365 days.");
        }

        if (!Enum.IsDefined(retries.Backoff))
        {
            throw new InvalidInputException("options.Retries.Backoff", "is not a known backoff.");
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestAttempt)
        {
            throw new InvalidInputException("options.Timeout", "must be more than 0 and at most 30 days.");
        }
    }

    public static void CheckSleep(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero || duration > Longest)
        {
            throw new InvalidInputException("duration", "must be 0 to 365 days.");
        }
    }

    /// <returns>The time to sleep until, to the millisecond.</returns>
    public static DateTimeOffset CheckSleepUntil(DateTimeOffset until, DateTimeOffset now)
    {
        if (until < now)
        {
            throw new InvalidInputException("time", "You can't sleep until a time in the past, time-traveler");
        }

        return until - now <= Longest
            ? DateTimeOffset.FromUnixTimeMilliseconds(until.ToUnixTimeMilliseconds())
            : throw new InvalidInputException("time", "must be at most 365 days ahead.");
    }

    public static void CheckWait(TimeSpan timeout)
    {
        if (timeout < TimeSpan.FromSeconds(1) || timeout > Longest)
        {
            throw new InvalidInputException("options.Timeout", "must be 1 second to 365 days.");
        }
    }

    /// <summary>The wait after the failure of attempt <paramref name="attempt"/>.</summary>
    public static TimeSpan DelayAfter(int attempt, RetryOptions retries)
    {
        var factor = retries.Backoff switch
        {
            Backoff.Linear => attempt,
            Backoff.Exponential => Math.Pow(2, attempt - 1),
            _ => 1,
        };
        var milliseconds = retries.Delay.TotalMilliseconds * factor;
        return milliseconds >= Longest.TotalMilliseconds ? Longest : TimeSpan.FromMilliseconds(milliseconds);
    }
}
