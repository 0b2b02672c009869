namespace Everturn.Workflows;

/// <summary>How often a failing step is tried again, and when (Cloudflare Workflows, <c>retries</c>).</summary>
public sealed record RetryOptions
{
    /// <summary>The largest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 10_000;

    /// <summary>Retries after the first attempt: 0 to 10,000. Default 5, so that a step runs at most 6 times.</summary>
    public int Limit { get; init; } = 5;

    /// <summary>The base of the wait before a retry, not negative. Default 10 seconds.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Computes the base of the wait instead of <see cref="Delay"/>, after each attempt that failed; the result still grows
    /// by <see cref="Backoff"/>. Null for <see cref="Delay"/>. If it throws, takes longer than 5 seconds or returns a
    /// negative time, the step fails without further retries.
    /// </summary>
    public Func<RetryDelayContext, CancellationToken, ValueTask<WorkflowSleepDuration>>? ComputeDelay { get; init; }

    /// <summary>How the wait grows. Default exponential; there is no jitter, and no wait is longer than 365 days.</summary>
    public Backoff Backoff { get; init; } = Backoff.Exponential;
}
