using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>An attempt of a step.</summary>
public sealed record AttemptView
{
    /// <summary>Its number, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it started, if that is known.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ended; absent while it runs.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Whether it had a result; absent while it runs.</summary>
    public bool? Success { get; init; }

    /// <summary>Why it failed.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>The wait before the next attempt in milliseconds, if there was to be one.</summary>
    public long? RetryDelayMs { get; init; }

    internal static AttemptView Of(AttemptSnapshot attempt) =>
        new()
        {
            Attempt = attempt.Attempt,
            Start = attempt.StartedAt,
            End = attempt.EndedAt,
            Success = attempt.EndedAt is null ? null : attempt.Error is null,
            Error = attempt.Error,
            RetryDelayMs = (long?)attempt.RetryDelay?.TotalMilliseconds,
        };
}
