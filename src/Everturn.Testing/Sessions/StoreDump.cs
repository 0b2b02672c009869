using Everturn.Sessions;

namespace Everturn.Testing.Sessions;

/// <summary>Reads all that a store shows of some sessions.</summary>
internal static class StoreDump
{
    /// <summary>How many messages a dump's snapshot has: fewer than most transcripts, so that the cut is seen.</summary>
    public const int SnapshotMessages = 2;

    /// <summary>The statuses by which a dump lists pending calls.</summary>
    public static IReadOnlyList<PendingCallStatus> PendingStatuses { get; } =
    [PendingCallStatus.Pending, PendingCallStatus.Withdrawn];

    // Small, so that every dump walks over page ends.
    private const int PageSize = 3;

    public static async Task<IReadOnlyList<string>> ReadAsync(ISessionStore store, IReadOnlyList<SessionKey> keys)
    {
        var writer = new DumpWriter();
        foreach (var key in keys)
        {
            writer.Title(key.ToString());
            await SessionAsync(writer, store, key).ConfigureAwait(false);
        }

        writer.Title("all sessions");
        foreach (var tenant in keys.Select(key => key.Tenant).Distinct())
        {
            var listed = await AllAsync(page => store.ListSessionsAsync(new() { Tenant = tenant, Page = page }))
                .ConfigureAwait(false);
            writer.Line($"tenant '{tenant}'", string.Join(' ', listed.Select(session => session.Key.SessionId)));
            foreach (var status in PendingStatuses)
            {
                var calls = await AllAsync(page =>
                        store.ListPendingCallsAsync(
                            new()
                            {
                                Tenant = tenant,
                                Status = status,
                                Page = page,
                            }
                        )
                    )
                    .ConfigureAwait(false);
                writer.PendingCalls(status.Value, calls);
            }
        }

        var running = await AllAsync(page => store.ListRunningAsync(Sample.Runtime, null, page)).ConfigureAwait(false);
        writer.Line("running", string.Join(' ', running.Select(run => run.RunId)));
        writer.Commands("open command", await store.ListOpenCommandsAsync().ConfigureAwait(false));
        writer.Outbox(await store.ListOutboxAsync(int.MaxValue).ConfigureAwait(false));
        return writer.Lines;
    }

    public static async Task<IReadOnlyList<T>> AllAsync<T>(
        Func<PageRequest, ValueTask<Page<T>>> read,
        int pageSize = PageSize
    )
    {
        List<T> items = [];
        string? cursor = null;
        do
        {
            var page = await read(new PageRequest(pageSize, cursor)).ConfigureAwait(false);
            Expect.True(page.Items.Count <= pageSize, "a page has no more items than its limit");
            Expect.True(page.NextCursor is null || page.NextCursor != cursor, "a page ends after the one before it");
            Expect.True(page.NextCursor is null || page.Items.Count > 0, "a page with a next one has items");
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);
        return items;
    }

    private static async Task SessionAsync(DumpWriter writer, ISessionStore store, SessionKey key)
    {
        writer.Session("session", await store.GetSessionAsync(key).ConfigureAwait(false));
        writer.Stream(await store.GetInfoAsync(key).ConfigureAwait(false));
        writer.Run("current", await store.GetCurrentRunAsync(key).ConfigureAwait(false));
        foreach (var run in await AllAsync(page => store.ListRunsAsync(key, page)).ConfigureAwait(false))
        {
            writer.Run("run", run);
            writer.Run("run by id", await store.GetRunAsync(key, run.RunId).ConfigureAwait(false));
            writer.ToolCalls("tool call", await store.GetToolCallsAsync(key, run.RunId).ConfigureAwait(false));
            writer.Commands("command", await store.GetCommandsAsync(key, run.RunId, 0).ConfigureAwait(false));
            writer.StartState(await store.GetStartStateAsync(key, run.RunId).ConfigureAwait(false));
            writer.Suspension(await store.GetSuspensionAsync(key, run.RunId).ConfigureAwait(false));
            writer.PendingCalls("call", await store.GetPendingCallsAsync(key, run.RunId).ConfigureAwait(false));
        }

        writer.Messages("message", await store.GetMessagesAsync(key, 0, int.MaxValue).ConfigureAwait(false));
        writer.Voided(await AllAsync(page => store.ListVoidedMessagesAsync(key, page)).ConfigureAwait(false));
        writer.Chunks("chunk", await store.ReadChunksAsync(key, 0, int.MaxValue).ConfigureAwait(false));
        writer.Checkpoints(await AllAsync(page => store.ListCheckpointsAsync(key, page)).ConfigureAwait(false));
        writer.Usage(
            await AllAsync(page => store.GetEntriesAsync(key, page)).ConfigureAwait(false),
            await store.GetRollupAsync(key).ConfigureAwait(false)
        );
        if (await store.GetSnapshotAsync(key, SnapshotMessages).ConfigureAwait(false) is { } snapshot)
        {
            Snapshot(writer, snapshot);
        }
    }

    public static void Snapshot(DumpWriter writer, SessionSnapshot snapshot)
    {
        writer.Session("snapshot session", snapshot.Session);
        writer.Run("snapshot run", snapshot.Run);
        writer.Messages("snapshot message", snapshot.Messages);
        writer.State(snapshot.State);
        writer.ToolCalls("open tool call", snapshot.OpenToolCalls);
        writer.Chunks("chunk in flight", snapshot.ChunksInFlight);
    }
}
