using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>What step options and times may be (Cloudflare Workflows; see the spec's sections 1.6, 1.10 and 1.11).</summary>
internal static class StepRules
{
    /// <summary>The longest sleep, wait and retry delay.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static readonly TimeSpan LongestAttempt = TimeSpan.FromDays(30);

    public static void Check(StepOptions options)
    {
        Check(options.Retries, "options.Retries");
        CheckTimeout(options.Timeout, "options.Timeout");
        if (options.Rollback is { } rollback)
        {
            if (rollback.Handler is null)
            {
                throw new InvalidInputException("options.Rollback.Handler", "must not be null.");
            }

            Check(rollback.Retries, "options.Rollback.Retries");
            CheckTimeout(rollback.Timeout, "options.Rollback.Timeout");
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

    public static void CheckWait(TimeSpan timeout, string field = "options.Timeout")
    {
        if (timeout < TimeSpan.FromSeconds(1) || timeout > Longest)
        {
            throw new InvalidInputException(field, "must be 1 second to 365 days.");
        }
    }

    /// <summary>The wait after the failure of attempt <paramref name="attempt"/>.</summary>
    public static TimeSpan DelayAfter(int attempt, RetryOptions retries, TimeSpan delay)
    {
        var factor = retries.Backoff switch
        {
            Backoff.Linear => attempt,
            Backoff.Exponential => Math.Pow(2, attempt - 1),
            _ => 1,
        };
        var milliseconds = delay.TotalMilliseconds * factor;
        return milliseconds >= Longest.TotalMilliseconds ? Longest : TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>The options as they are recorded with a step.</summary>
    public static StepConfig ToConfig(StepOptions options) =>
        new(
            options.Retries.Limit,
            options.Retries.ComputeDelay is null ? options.Retries.Delay.TotalMilliseconds : null,
            options.Retries.Backoff,
            options.Timeout.TotalMilliseconds
        );

    /// <summary>The recorded options win over those of the code; what was computed then is computed now.</summary>
    public static StepOptions Merge(StepOptions options, StepConfig? recorded) =>
        recorded is null
            ? options
            : options with
            {
                Timeout = TimeSpan.FromMilliseconds(recorded.TimeoutMs),
                Retries = options.Retries with
                {
                    Limit = recorded.Limit,
                    Backoff = recorded.Backoff,
                    Delay = recorded.DelayMs is { } delay ? TimeSpan.FromMilliseconds(delay) : options.Retries.Delay,
                    ComputeDelay = recorded.DelayMs is null ? options.Retries.ComputeDelay : null,
                },
            };

    private static void Check(RetryOptions? retries, string field)
    {
        if (retries is null)
        {
            throw new InvalidInputException(field, "must not be null.");
        }

        if (retries.Limit is < 0 or > RetryOptions.MaxLimit)
        {
            throw new InvalidInputException($"{field}.Limit", $"must be 0 to {RetryOptions.MaxLimit}.");
        }

        if (retries.Delay < TimeSpan.Zero || retries.Delay > Longest)
        {
            throw new InvalidInputException($"{field}.Delay", "must be 0 to 365 days.");
        }

        if (!Enum.IsDefined(retries.Backoff))
        {
            throw new InvalidInputException($"{field}.Backoff", "is not a known backoff.");
        }
    }

    private static void CheckTimeout(TimeSpan timeout, string field)
    {
        if (timeout <= TimeSpan.Zero || timeout > LongestAttempt)
        {
            throw new InvalidInputException(field, "must be more than 0 and at most 30 days.");
        }
    }
}
