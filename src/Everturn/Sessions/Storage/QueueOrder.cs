namespace Everturn.Sessions.Storage;

/// <summary>Which waiting message comes first, the same in every store.</summary>
public static class QueueOrder
{
    // Larger than any ordinal: in the list of a session's runs those that wait come last.
    private const long AfterAllRuns = 1L << 40;

    /// <summary>The place of a waiting message in the list of its session's runs, where a run's is its ordinal.</summary>
    /// <param name="index">Its place among those that wait, from 0.</param>
    public static long Place(int index) => AfterAllRuns + index;

    /// <summary>The other direction: how many of those that wait come before a place; negative for a run's.</summary>
    /// <param name="place">The place.</param>
    public static long IndexAfter(long place) => place - AfterAllRuns + 1;

    /// <summary>What supersedes the run in its way comes before what only waits; else the order is that of acceptance.</summary>
    /// <param name="waiting">The messages that wait in one session.</param>
    public static IEnumerable<QueuedRun> Of(IEnumerable<QueuedRun> waiting) =>
        waiting.OrderBy(queued => queued.Policy.Supersedes ? 0 : 1).ThenBy(queued => queued.Position);
}
