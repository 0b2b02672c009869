using Everturn.Sessions;

namespace Everturn.Usage;

/// <summary>The usage side of the session store. Entries of a run are recorded by its commits.</summary>
public interface IUsageStore
{
    /// <summary>Records an entry outside a commit.</summary>
    /// <param name="key">The session; it must exist.</param>
    /// <param name="entry">What was used.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    ValueTask RecordEntryAsync(SessionKey key, UsageEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Entries of a session, oldest first.</summary>
    /// <param name="key">The session.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<UsageEntry>> GetEntriesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    );

    /// <summary>Totals of a session.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<UsageRollup> GetRollupAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>Totals of one run. Adds up the session's entries unless the store knows a shorter way.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    async ValueTask<UsageRollup> GetRollupAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    )
    {
        var totals = new UsageTotals();
        string? cursor = null;
        do
        {
            var page = await GetEntriesAsync(key, new(PageRequest.MaxLimit, cursor), cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in page.Items.Where(entry => entry.RunId == runId))
            {
                totals.Add(entry);
            }

            cursor = page.NextCursor;
        } while (cursor is not null);

        return totals.ToRollup();
    }
}
