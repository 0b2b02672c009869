using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class SweeperTests
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);
    private static readonly DateTimeOffset Later = Start + TimeSpan.FromDays(1);

    private static SweepRequest Request =>
        new()
        {
            Now = Later,
            Default = new() { Chunks = Kept, Runs = Kept },
        };

    [Fact]
    public async Task Only_chunks_of_committed_steps_of_ended_runs_are_trimmed()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        await harness.CommitAsync(FlushOf(run, "a", "b"));
        await harness.EndRunAsync(run);
        var second = await harness.StartRunAsync("r-2");
        await harness.CommitAsync(FlushOf(second, "c"));

        (await harness.Store.SweepAsync(Request, Token)).ShouldBe(3);

        var info = await harness.Store.GetInfoAsync(Key, Token);
        (info!.FirstSequence, info.LastSequence).ShouldBe((4, 4));
        (await harness.Store.ReadChunksAsync(Key, 0, 10, Token)).ShouldHaveSingleItem().Sequence.ShouldBe(4);
        (await harness.Store.GetRunAsync(Key, "r-1", Token)).ShouldBeNull();
        (await harness.Store.GetCheckpointAsync(Key, "cp-r-1", Token)).ShouldBeNull();
        (await harness.Store.SweepAsync(Request, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Chunks_of_a_step_that_never_committed_stay()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        await harness.CommitAsync(FlushOf(run, "a"));
        var end = EndOf(run, Start) with { Checkpoint = null, Chunks = [] };
        await harness.CommitAsync(end with { RunChange = new RunChange { Status = RunStatus.Failed } });

        (await harness.Store.SweepAsync(Request, Token)).ShouldBe(0);

        (await harness.Store.ReadChunksAsync(Key, 0, 10, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rounds_are_bounded_and_finish_the_work()
    {
        await using var harness = await OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            var run = await harness.StartRunAsync($"r-{i}");
            await harness.CommitAsync(FlushOf(run, "a"));
            await harness.EndRunAsync(run);
        }
        var rounds = 0;
        while (await harness.Store.SweepAsync(Request with { Limit = 3 }, Token) is var removed and > 0)
        {
            removed.ShouldBeLessThanOrEqualTo(3);
            rounds++;
        }

        rounds.ShouldBeGreaterThanOrEqualTo(9);
        harness.Count("SELECT count(*) FROM runs").ShouldBe(1);
        harness.Count("SELECT count(*) FROM chunks").ShouldBe(0);
    }

    [Fact]
    public async Task A_request_id_is_forgotten_after_its_window_and_not_before()
    {
        await using var harness = await OpenAsync();
        var commit = StartOf("r-1", Key, "hello", null);
        commit = commit with { NewRun = commit.NewRun! with { RequestId = "q-1", BodyHash = "h-1" } };
        await harness.CommitAsync(commit);
        var ended = FlushOf((await harness.Store.GetCurrentRunAsync(Key, Token))!) with
        {
            RunChange = new RunChange { Status = RunStatus.Completed },
        };
        await harness.CommitAsync(ended);
        var again = commit with { NewRun = commit.NewRun! with { RunId = "r-2" } };
        var soon = new SweepRequest { Now = Start + TimeSpan.FromHours(23) };

        (await harness.Store.SweepAsync(soon, Token)).ShouldBe(0);
        (await harness.CommitAsync(again)).Outcome.ShouldBe(SessionCommitOutcome.RequestReplayed);
        (await harness.Store.SweepAsync(soon with { Now = Later }, Token)).ShouldBe(1);

        var result = await harness.CommitAsync(again);
        (result.Outcome, result.Run!.RunId).ShouldBe((SessionCommitOutcome.Applied, "r-2"));
    }

    [Fact]
    public async Task An_expired_session_goes_with_all_it_holds_and_its_tombstone_later()
    {
        await using var harness = await OpenAsync();
        var listener = new RecordingListener();
        using var listening = harness.Store.Listen(listener);
        var run = await harness.StartRunAsync();
        await harness.CommitAsync(ContentTests.FullStep(run, "full"));
        await harness.CommitAsync(
            new SessionCommit
            {
                Session = Key,
                Kind = Everturn.Storage.CommitKind.SessionUpdate,
                At = Start,
                SessionChange = new SessionChange { ExpiresAt = Start + Kept, Tags = ["blue", "red"] },
            }
        );
        var request = new SweepRequest { Now = Later };

        (await harness.Store.SweepAsync(request, Token)).ShouldBe(0, "a session that runs stays");
        await harness.EndRunAsync(run);
        (await harness.Store.SweepAsync(request, Token)).ShouldBe(1);

        listener.Deleted.ShouldBe([Key]);
        (await harness.Store.GetSessionAsync(Key, Token)).ShouldBeNull();
        (await harness.CommitAsync(StartOf("r-2", Key, "again", null))).Outcome.ShouldBe(
            SessionCommitOutcome.SessionDeleted
        );
        foreach (var table in TablesOfSessions)
            harness.Count($"SELECT count(*) FROM {table}").ShouldBe(table == "sessions" ? 1 : 0, table);
        var end = request with { Now = Later + TimeSpan.FromDays(31) };
        (await harness.Store.SweepAsync(end, Token)).ShouldBe(1);
        (await harness.CommitAsync(StartOf("r-2", Key, "again", null))).IsApplied.ShouldBeTrue();
    }

    [Fact]
    public async Task Blobs_go_when_nobody_names_them_any_more_and_shared_ones_stay()
    {
        var time = new SteppingTime(Start);
        await using var harness = await OpenAsync(new StorageServices { Time = time });
        var text = new string('b', 20_000);
        var other = new SessionKey("s-2");
        await harness.EndRunAsync(await harness.StartRunAsync(text: text));
        await harness.EndRunAsync(await harness.StartRunAsync(key: other, text: text));
        ContentTests.BlobFiles(harness).Count.ShouldBe(1);

        time.Now = Later;
        await harness.Store.DeleteSessionAsync(Key, Later, Token);
        await harness.Store.SweepAsync(new SweepRequest { Now = Later }, Token);
        (await harness.Store.GetMessagesAsync(other, 0, 1, Token)).Messages[0].Content.ShouldBe(text);

        await harness.Store.DeleteSessionAsync(other, Later, Token);
        (await harness.Store.SweepAsync(new SweepRequest { Now = Later }, Token)).ShouldBe(1);
        ContentTests.BlobFiles(harness).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_state_that_was_replaced_leaves_no_blob_and_a_young_one_is_never_deleted()
    {
        var time = new SteppingTime(Start);
        await using var harness = await OpenAsync(new StorageServices { Time = time });
        var run = await harness.StartRunAsync();
        await harness.CommitAsync(FlushOf(run) with { State = Json($"\"{new string('1', 20_000)}\"") });
        await harness.CommitAsync(FlushOf(run) with { State = Json($"\"{new string('2', 20_000)}\"") });

        (await harness.Store.SweepAsync(new SweepRequest { Now = Later }, Token)).ShouldBe(0);
        ContentTests.BlobFiles(harness).Count.ShouldBe(2);
        time.Now = Later;
        (await harness.Store.SweepAsync(new SweepRequest { Now = Later }, Token)).ShouldBe(1);

        ContentTests.BlobFiles(harness).Count.ShouldBe(1);
        Text((await harness.Store.GetSnapshotAsync(Key, 0, Token))!.State).ShouldContain("222");
    }

    [Fact]
    public async Task A_blob_whose_commit_never_came_is_found_after_a_restart()
    {
        var time = new SteppingTime(Start);
        await using var harness = await OpenAsync(new StorageServices { Time = time });
        var refused = StartOf("r-1", Key, new string('x', 20_000), null) with { NewSession = null };
        (await harness.CommitAsync(refused)).Outcome.ShouldBe(SessionCommitOutcome.SessionNotFound);
        ContentTests.BlobFiles(harness).Count.ShouldBe(1);

        time.Now = Later;
        await harness.ReopenAsync();
        (await harness.Store.SweepAsync(new SweepRequest { Now = Later }, Token)).ShouldBe(1);

        ContentTests.BlobFiles(harness).ShouldBeEmpty();
    }

    internal static readonly string[] TablesOfSessions =
    [
        "sessions",
        "session_tags",
        "runs",
        "messages",
        "voided_messages",
        "tool_calls",
        "session_states",
        "chunks",
        "usage_entries",
        "checkpoints",
        "suspensions",
        "pending_calls",
        "commands",
        "queued_runs",
        "outbox",
        "blob_owners",
        "released_blobs",
    ];

    /// <summary>A clock that stands still between steps.</summary>
    private sealed class SteppingTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
