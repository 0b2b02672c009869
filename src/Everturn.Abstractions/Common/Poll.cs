namespace Everturn;

/// <summary>
/// Waits for something that does not tell when it happens (Helix Agents, <c>pollUntil</c>). Inside a workflow poll in a
/// step, or wait with its own sleeps.
/// </summary>
public static class Poll
{
    /// <summary>Looks at once, and then at every interval, until it is done.</summary>
    /// <typeparam name="T">The value that is waited for.</typeparam>
    /// <param name="options">What to wait for, and how.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It was not done in time. The last look is made when the time is up.</exception>
    /// <exception cref="InvalidInputException">An option is out of range.</exception>
    public static async Task<T> UntilAsync<T>(PollOptions<T> options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var time = options.Time;
        var start = time.GetTimestamp();
        while (true)
        {
            var isLast = options.Timeout != Timeout.InfiniteTimeSpan && time.GetElapsedTime(start) >= options.Timeout;
            var result = await options.Check(cancellationToken).ConfigureAwait(false);
            if (result.IsDone)
            {
                return result.Value!;
            }

            if (isLast)
            {
                throw new TimeoutException($"It was not done within {options.Timeout.TotalSeconds:0.###} s.");
            }

            var left = options.Timeout - time.GetElapsedTime(start);
            var pause =
                options.Timeout == Timeout.InfiniteTimeSpan || left > options.Interval ? options.Interval : left;
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Check<T>(PollOptions<T> options)
    {
        if (options.Check is null)
        {
            throw new InvalidInputException("check", "There is nothing to look at.");
        }

        if (options.Interval <= TimeSpan.Zero)
        {
            throw new InvalidInputException("interval", "It is more than zero.");
        }

        if (options.Timeout < TimeSpan.Zero && options.Timeout != Timeout.InfiniteTimeSpan)
        {
            throw new InvalidInputException("timeout", "It is not negative.");
        }
    }
}
