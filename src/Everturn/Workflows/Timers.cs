namespace Everturn.Workflows;

/// <summary>Timers that are set to a time instead of a distance.</summary>
internal static class Timers
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>
    /// Fires at <paramref name="due"/>, or at once if that is past, and after 40 days at the latest: the receiver looks
    /// at the clock again.
    /// </summary>
    public static void ChangeTo(this ITimer timer, DateTimeOffset due, TimeProvider time)
    {
        while (true)
        {
            var before = time.GetUtcNow();
            var distance = due - before;
            timer.Change(
                distance <= TimeSpan.Zero ? TimeSpan.Zero
                    : distance < Longest ? distance
                    : Longest,
                Timeout.InfiniteTimeSpan
            );
            // A clock that moved on in between has the timer set too late.
            if (distance <= TimeSpan.Zero || time.GetUtcNow() - before < TimeSpan.FromMilliseconds(5))
            {
                return;
            }
        }
    }
}
