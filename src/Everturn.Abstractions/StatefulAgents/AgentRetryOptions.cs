namespace Everturn.StatefulAgents;

/// <summary>
/// How often something that fails is tried again, and when. What is null comes from the agent's own defaults
/// (<see cref="AgentOptions.Retry"/>). The wait before attempt n + 1 is random between 0 and
/// <c>min(2^n * BaseDelay, MaxDelay)</c>.
/// </summary>
public sealed record AgentRetryOptions
{
    /// <summary>Attempts altogether, at least 1. Default 3.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The base of the wait, more than zero. Default 100 ms.</summary>
    public TimeSpan? BaseDelay { get; init; }

    /// <summary>The longest wait, not less than <see cref="BaseDelay"/>. Default 3 s.</summary>
    public TimeSpan? MaxDelay { get; init; }

    /// <summary>These options, with what is null taken from <paramref name="defaults"/>.</summary>
    /// <param name="defaults">The defaults.</param>
    public AgentRetryOptions Over(AgentRetryOptions defaults)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        return new()
        {
            MaxAttempts = MaxAttempts ?? defaults.MaxAttempts,
            BaseDelay = BaseDelay ?? defaults.BaseDelay,
            MaxDelay = MaxDelay ?? defaults.MaxDelay,
        };
    }

    /// <summary>Checks what is set.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range; it is named.</exception>
    public void Check()
    {
        if (MaxAttempts < 1)
        {
            throw new InvalidInputException("retry.maxAttempts", "must be >= 1");
        }

        if (BaseDelay <= TimeSpan.Zero)
        {
            throw new InvalidInputException("retry.baseDelay", "must be > 0");
        }

        if (MaxDelay <= TimeSpan.Zero)
        {
            throw new InvalidInputException("retry.maxDelay", "must be > 0");
        }

        if (BaseDelay > MaxDelay)
        {
            throw new InvalidInputException("retry.baseDelay", "must be <= retry.maxDelay");
        }
    }
}
