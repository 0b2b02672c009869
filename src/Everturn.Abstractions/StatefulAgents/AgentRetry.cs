namespace Everturn.StatefulAgents;

/// <summary>Attempts with random waits in between, each up to twice as long as the one before ("full jitter").</summary>
internal static class AgentRetry
{
    /// <param name="options">With every value set.</param>
    /// <param name="time">The clock.</param>
    /// <param name="attempt">What to try; gets the number of the attempt, from 1.</param>
    /// <param name="shouldRetry">Whether to go on after an error, with the number of the attempt that would follow.</param>
    /// <param name="onRetry">Told of each failed attempt that is followed by another one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<TResult> RunAsync<TResult>(
        AgentRetryOptions options,
        TimeProvider time,
        Func<int, CancellationToken, Task<TResult>> attempt,
        Func<Exception, int, bool>? shouldRetry,
        Action<Exception, int>? onRetry,
        CancellationToken cancellationToken
    )
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt(number, cancellationToken).ConfigureAwait(true);
            }
            catch (Exception exception)
                when (number < options.MaxAttempts
                    && !cancellationToken.IsCancellationRequested
                    && (shouldRetry is null || shouldRetry(exception, number + 1))
                )
            {
                onRetry?.Invoke(exception, number);
            }

            var wait = Delay(options, number, Random.Shared.NextDouble());
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(true);
        }
    }

    /// <summary>The wait after an attempt.</summary>
    /// <param name="options">With every value set.</param>
    /// <param name="number">The attempt that failed, from 1.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan Delay(AgentRetryOptions options, int number, double random)
    {
        var longest = Math.Min(
            Math.Pow(2, number) * options.BaseDelay!.Value.TotalMilliseconds,
            options.MaxDelay!.Value.TotalMilliseconds
        );
        return TimeSpan.FromMilliseconds(random * longest);
    }
}
