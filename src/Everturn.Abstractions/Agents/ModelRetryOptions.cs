namespace Everturn.Agents;

/// <summary>How failed model calls are repeated.</summary>
public sealed record ModelRetryOptions
{
    /// <summary>Repetitions after the first attempt. Default 3.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>
    /// Pause before the first repetition; doubled for each further one, with jitter. Default 500 ms. A failure that says
    /// how long to wait (<see cref="ModelRequestException.RetryAfter"/>) waits so long instead.
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause, whoever asks for it. Default 30 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the model may stay silent, before the first and between further pieces. Default 2 minutes.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Says which failures are worth repeating. Default: all but cancellation, bad input and client errors.</summary>
    public Func<Exception, bool>? ShouldRetry { get; init; }
}
