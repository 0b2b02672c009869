using System.Text.Json;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>The one log of a session: numbers, ranges, reactivation, live notification.</summary>
internal static class StreamCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("Numbers go on without gap across runs, resumes and opening again", NumbersGoOn),
            new("Any range can be read, also from inside a group", ReadsRanges),
            new("Chunks come back byte for byte, known or not", ChunksRoundTrip),
            new("Reactivation reopens an ended stream and clears nothing", Reactivates),
            new("A new run reactivates the stream", RunReactivates),
            new("Listeners hear of every commit in order, and only of applied ones", ListenersHear),
            new("The change signal follows commits", SignalFollows),
            new("A bad position is refused", RefusesBadPosition),
        ];

    private static async Task NumbersGoOn(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("1", "2")).ConfigureAwait(false);
        var ended = await s.ApplyAsync(s.End(RunStatus.Interrupted) with { Chunks = [Sample.Chunk("3")] })
            .ConfigureAwait(false);
        Expect.Equal(3L, ended.FirstSequence);
        Expect.Equal(3L, ended.Run?.EndSequence);
        var start = s.Start(RunTrigger.Resume) with { Chunks = [Sample.Chunk("4")] };
        var resumed = await s.ApplyAsync(start).ConfigureAwait(false);
        Expect.Equal((4L, 4L), (resumed.FirstSequence, resumed.Run!.StartSequence));
        await fixture.ReopenAsync().ConfigureAwait(false);
        var empty = await s.ApplyAsync(s.Commit()).ConfigureAwait(false);
        Expect.Equal(5L, empty.FirstSequence);
        await s.ApplyAsync(s.Commit() with { Chunks = [Sample.Chunk("5"), Sample.Chunk("6")] }).ConfigureAwait(false);
        var chunks = await s.Store.ReadChunksAsync(s.Key, 0, int.MaxValue).ConfigureAwait(false);
        Expect.Sequence(["1", "2", "3", "4", "5", "6"], chunks.Select(DeltaOf), "the whole log");
        Expect.Sequence([1L, 2, 3, 4, 5, 6], chunks.Select(chunk => chunk.Sequence), "numbers");
    }

    private static async Task ReadsRanges(SessionStoreFixture fixture)
    {
        const int Groups = 6;
        const int Last = 1 + 2 + 3 + 4 + 5 + 6;
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        for (var size = 1; size <= Groups; size++)
        {
            await s.ApplyAsync(s.Flush([.. Enumerable.Repeat($"{size}", size)])).ConfigureAwait(false);
        }

        for (var after = 0; after <= Last + 1; after++)
        {
            foreach (var limit in new[] { 1, 2, 5, int.MaxValue })
            {
                var chunks = await s.Store.ReadChunksAsync(s.Key, after, limit).ConfigureAwait(false);
                var what = $"chunks after {after}, at most {limit}";
                Expect.Sequence(
                    Enumerable.Range(after + 1, chunks.Count).Select(number => (long)number),
                    chunks.Select(chunk => chunk.Sequence),
                    what
                );
                var atLeast = Math.Min(limit, Math.Max(Last - after, 0));
                Expect.True(chunks.Count >= atLeast, $"{what}: at least {atLeast}, there are {chunks.Count}");
                Expect.True(after + chunks.Count <= Math.Max(after, Last), $"{what}: none after the last");
                // A group may be given whole, never more.
                Expect.True(chunks.Count <= (long)limit + Groups, $"{what}: {chunks.Count} are too many");
            }
        }
    }

    private static async Task ChunksRoundTrip(SessionStoreFixture fixture)
    {
        ReadOnlyMemory<byte>[] chunks =
        [
            """{"type":"text_delta","delta":"z\u00fcrich \ud83d\ude80 <b>","agentId":"a","agentType":"b","timestamp":1,"step":1}"""u8.ToArray(),
            """{"type":"from_the_future","weight":1.50,"nested":{"b":2,"a":[1,2 , 3]}}"""u8.ToArray(),
            "{\"type\":\"text_delta\",\"delta\":\"tab\\tand umlaut ü\"}"u8.ToArray(),
            Sample.JsonOfSize(64 * 1024),
        ];
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { Chunks = chunks }).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var stored = await s.Store.ReadChunksAsync(s.Key, 0, int.MaxValue).ConfigureAwait(false);
        Expect.Sequence(chunks.Select(Sample.Text), stored.Select(chunk => Sample.Text(chunk.Json)), "chunks");
    }

    private static async Task Reactivates(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await Expect
            .ThrowsAsync<SessionNotFoundException, StreamInfo>(() => s.Store.ReactivateAsync(s.Key, s.Now))
            .ConfigureAwait(false);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var version = (await s.SessionAsync().ConfigureAwait(false)).Version;
        Expect.Equal(
            new StreamInfo(StreamStatus.Active, 1, 0),
            await s.Store.ReactivateAsync(s.Key, s.Now).ConfigureAwait(false)
        );
        Expect.Equal(version, (await s.SessionAsync().ConfigureAwait(false)).Version, "version of an active stream");
        foreach (
            var (status, stream) in new[]
            {
                (RunStatus.Completed, StreamStatus.Ended),
                (RunStatus.Failed, StreamStatus.Failed),
            }
        )
        {
            await s.ApplyAsync(s.Flush("a")).ConfigureAwait(false);
            await s.EndAsync(status).ConfigureAwait(false);
            var before = await s.SessionAsync().ConfigureAwait(false);
            Expect.Equal(stream, (await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false))!.Status);
            var active = new StreamInfo(StreamStatus.Active, 1, before.LastSequence);
            var at = s.Now.AddSeconds(1);
            Expect.Equal(active, await s.Store.ReactivateAsync(s.Key, at).ConfigureAwait(false));
            Expect.Equal(active, await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false));
            var changed = before with { Version = before.Version + 1, UpdatedAt = at };
            var after = await s.SessionAsync().ConfigureAwait(false);
            Expect.Equal(changed with { Tags = after.Tags, Metadata = after.Metadata }, after);
            await s.StartOwnedAsync().ConfigureAwait(false);
        }
    }

    private static async Task RunReactivates(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("a")).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await s.StartAsync().ConfigureAwait(false);
        Expect.Equal(
            new StreamInfo(StreamStatus.Active, 1, 1),
            await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false)
        );
    }

    private static async Task ListenersHear(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var ear = new Ear();
        using (s.Store.Listen(ear))
        {
            await s.StartOwnedAsync().ConfigureAwait(false);
            await s.ExpectAsync(SessionCommitOutcome.StatusConflict, s.Start()).ConfigureAwait(false);
            await Task.WhenAll(
                    Enumerable
                        .Range(0, 20)
                        .Select(_ => s.Flush("a"))
                        .ToArray()
                        .Select(flush => Task.Run(async () => await s.Store.CommitAsync(flush).ConfigureAwait(false)))
                )
                .ConfigureAwait(false);
            await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);
        }

        await new Scenario(fixture, "s-2").StartAsync().ConfigureAwait(false);
        Expect.Sequence(
            Enumerable.Range(1, 22).Select(number => (long)number),
            ear.Versions,
            "versions in their order"
        );
        Expect.Sequence([s.Key], ear.Deleted, "deleted sessions");
    }

    private static async Task SignalFollows(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = s.Store.Changes.Subscribe(() => heard.TrySetResult());
        await s.StartAsync().ConfigureAwait(false);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System).ConfigureAwait(false);
    }

    private static async Task RefusesBadPosition(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartAsync().ConfigureAwait(false);
        await Expect.InvalidAsync("fromSequence", () => s.Store.ReadChunksAsync(s.Key, -1, 1)).ConfigureAwait(false);
        await Expect.InvalidAsync("limit", () => s.Store.ReadChunksAsync(s.Key, 0, -1)).ConfigureAwait(false);
    }

    private static string DeltaOf(StoredChunk chunk)
    {
        using var json = JsonDocument.Parse(chunk.Json);
        return json.RootElement.GetProperty("delta").GetString()!;
    }

    private sealed class Ear : ISessionCommitListener
    {
        private readonly Lock _lock = new();

        public List<long> Versions { get; } = [];

        public List<SessionKey> Deleted { get; } = [];

        public void Committed(SessionCommit commit, SessionCommitResult result)
        {
            lock (_lock)
            {
                Versions.Add(result.Session!.Version);
            }
        }

        void ISessionCommitListener.Deleted(SessionKey key)
        {
            lock (_lock)
            {
                Deleted.Add(key);
            }
        }
    }
}
