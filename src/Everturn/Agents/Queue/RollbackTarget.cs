using Everturn.Sessions;

namespace Everturn.Agents.Queue;

/// <summary>
/// Where a session goes back to: the place at which a run began, before its input, or a later one that went back further.
/// </summary>
/// <param name="MessageCount">How many messages the transcript had.</param>
/// <param name="State">The custom state; empty for none.</param>
/// <param name="OpenCalls">The calls of the last message, where the run began by going on with another one's step.</param>
internal sealed record RollbackTarget(
    int MessageCount,
    ReadOnlyMemory<byte> State,
    IReadOnlyList<ToolCallRecord> OpenCalls
)
{
    /// <summary>Finds the place; null where there is no record of the run any more.</summary>
    public static async ValueTask<RollbackTarget?> FindAsync(
        ISessionStore store,
        SessionSnapshot snapshot,
        string runId,
        CancellationToken cancellationToken
    )
    {
        var key = snapshot.Session.Key;
        if (await store.GetRunAsync(key, runId, cancellationToken).ConfigureAwait(false) is not { } target)
        {
            return null;
        }

        var run = await FurthestAsync(store, target, snapshot.Run!, cancellationToken).ConfigureAwait(false);
        var count = run.StartMessageCount;
        var calls = count == 0 ? [] : await OpenCallsAsync(store, run, count, cancellationToken).ConfigureAwait(false);
        return new(count, await StateAsync(store, run, count, cancellationToken).ConfigureAwait(false), calls);
    }

    // A run since then may have gone back to before the target: where that began is no place of the transcript any more,
    // and what came instead is to go too.
    private static async ValueTask<RunRecord> FurthestAsync(
        ISessionStore store,
        RunRecord target,
        RunRecord current,
        CancellationToken cancellationToken
    )
    {
        var furthest = target;
        if (current.RunId == target.RunId)
        {
            return furthest;
        }

        string? cursor = null;
        do
        {
            var page = await store
                .ListRunsAsync(target.Session, new(PageRequest.MaxLimit, cursor), cancellationToken)
                .ConfigureAwait(false);
            foreach (var run in page.Items.Where(run => run.Ordinal > target.Ordinal))
            {
                furthest = run.StartMessageCount < furthest.StartMessageCount ? run : furthest;
            }

            cursor = page.NextCursor;
        } while (cursor is not null);

        return furthest;
    }

    private static async ValueTask<IReadOnlyList<ToolCallRecord>> OpenCallsAsync(
        ISessionStore store,
        RunRecord run,
        int count,
        CancellationToken cancellationToken
    )
    {
        var page = await store.GetMessagesAsync(run.Session, count - 1, 1, cancellationToken).ConfigureAwait(false);
        if (page.Messages[0].ToolCalls is not { Count: > 0 })
        {
            return [];
        }

        var calls = await store.GetToolCallsAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false);
        return [.. calls.Where(call => call.Step == 1)];
    }

    private static async ValueTask<ReadOnlyMemory<byte>> StateAsync(
        ISessionStore store,
        RunRecord run,
        int count,
        CancellationToken cancellationToken
    )
    {
        if (count == 0)
        {
            return default;
        }

        string? cursor = null;
        do
        {
            var page = await store
                .ListCheckpointsAsync(run.Session, new(PageRequest.MaxLimit, cursor), cancellationToken)
                .ConfigureAwait(false);
            foreach (var checkpoint in page.Items)
            {
                if (checkpoint is { IsVoided: false } && checkpoint.MessageCount <= count)
                {
                    // The last step before it. Where more came in between, a step was closed by the run's own start.
                    return checkpoint.MessageCount == count
                        ? checkpoint.State
                        : await StartStateAsync(store, run, cancellationToken).ConfigureAwait(false);
                }
            }

            cursor = page.NextCursor;
        } while (cursor is not null);

        return await StartStateAsync(store, run, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> StartStateAsync(
        ISessionStore store,
        RunRecord run,
        CancellationToken cancellationToken
    ) => await store.GetStartStateAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false) ?? default;
}
