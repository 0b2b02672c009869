namespace Everturn;

/// <summary>What to wait for, and how (Helix Agents, <c>PollOptions</c>).</summary>
/// <typeparam name="T">The value that is waited for.</typeparam>
public sealed record PollOptions<T>
{
    /// <summary>Looks. Its exceptions end the wait.</summary>
    public required Func<CancellationToken, Task<PollResult<T>>> Check { get; init; }

    /// <summary>The pause between two looks, more than zero. Default 1 second.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long to wait altogether, from zero (one look); <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for
    /// ever. Default 1 minute.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
