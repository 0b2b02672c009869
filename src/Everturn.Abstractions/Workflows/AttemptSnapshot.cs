namespace Everturn.Workflows;

/// <summary>One attempt of a step.</summary>
/// <param name="Attempt">Its number, from 1.</param>
public sealed record AttemptSnapshot(int Attempt)
{
    /// <summary>When it started, if that is known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>The wait before the next attempt, if there was to be one.</summary>
    public TimeSpan? RetryDelay { get; init; }
}
