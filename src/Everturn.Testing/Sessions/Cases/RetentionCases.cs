using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Deletion, tombstones, and what the sweeper removes.</summary>
internal static class RetentionCases
{
    private static readonly SweepPolicy KeepAll = new()
    {
        RequestIds = TimeSpan.FromDays(36_500),
        Tombstones = TimeSpan.FromDays(36_500),
    };

    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A deleted session is gone from every read", DeletesEverything),
            new("A session is not deleted while a run is running", RefusesWhileRunning),
            new("A deleted session's id is not free, and its instances are asked to go", LeavesTombstone),
            new("A tombstone expires, and the id is free again", TombstonesExpire),
            new("A request id expires", RequestIdsExpire),
            new("A session expires unless it is running", SessionsExpire),
            new("Ended runs expire, except the newest and those that a request leads to", RunsExpire),
            new("Chunks of committed steps expire once their run ended, and no others", ChunksExpire),
            new("A sweep removes no more than its limit", SweepIsBounded),
            new("Policies are by agent", PoliciesAreByAgent),
        ];

    private static async Task DeletesEverything(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(
                s.Step("a") with
                {
                    State = Sample.Json("state"),
                    ToolCalls = [Sample.ToolCall(run.RunId, 1, 0, ToolCallStatus.Pending)],
                    Usage = [Sample.Tokens("u-1", run.RunId, s.Now, 1, 1)],
                    Command = Sample.Command(s.Key, run.RunId, CommandKind.Steer, s.Now),
                }
            )
            .ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        var outcome = await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);
        Expect.Equal(SessionCommitOutcome.Applied, outcome);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var never = new Scenario(fixture, "never");
        var expected = await never.DumpAsync().ConfigureAwait(false);
        var actual = await s.DumpAsync().ConfigureAwait(false);
        Expect.SameLines([.. expected.Skip(1)], [.. actual.Skip(1)], "A deleted session against one that never was");
        Expect.Equal(0, (await s.Store.GetToolCallsAsync(s.Key, run.RunId).ConfigureAwait(false)).Count);
        Expect.Equal(0, (await s.Store.GetCommandsAsync(s.Key, run.RunId, 0).ConfigureAwait(false)).Count);
        Expect.True(await s.Store.GetRunAsync(s.Key, run.RunId).ConfigureAwait(false) is null, "no run");
        Expect.True(await s.Store.GetCheckpointAsync(s.Key, "cp-s-1-1").ConfigureAwait(false) is null, "no checkpoint");
    }

    private static async Task RefusesWhileRunning(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        Expect.Equal(
            SessionCommitOutcome.SessionNotFound,
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false)
        );
        await s.StartOwnedAsync().ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        Expect.Equal(
            SessionCommitOutcome.StatusConflict,
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false)
        );
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After a refused deletion");
        await s.EndAsync(RunStatus.SuspendedClientTool).ConfigureAwait(false);
        Expect.Equal(
            SessionCommitOutcome.Applied,
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false)
        );
        Expect.Equal(
            SessionCommitOutcome.SessionNotFound,
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false)
        );
    }

    private static async Task LeavesTombstone(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await RunAsync(s, workflow: "agent").ConfigureAwait(false);
        await RunAsync(s, workflow: null).ConfigureAwait(false);
        var third = await RunAsync(s, workflow: "agent").ConfigureAwait(false);
        var outbox = await s.Store.ListOutboxAsync(100).ConfigureAwait(false);
        await s.Store.CompleteOutboxAsync([.. outbox.Select(entry => entry.Id)]).ConfigureAwait(false);
        await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);

        outbox = await s.Store.ListOutboxAsync(100).ConfigureAwait(false);
        Expect.Sequence(
            new[] { first, third }.Select(run =>
                (s.Key, OutboxKind.DeleteInstance, run.InstanceId, run.RunId, "agent")
            ),
            outbox.Select(entry => (entry.Session, entry.Kind, entry.InstanceId, entry.Token, entry.WorkflowName!)),
            "instances to delete"
        );
        await s.ExpectAsync(SessionCommitOutcome.SessionDeleted, s.Start()).ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.SessionDeleted, s.Commit()).ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.SessionDeleted, s.Start() with { ExpectedVersion = 99 })
            .ConfigureAwait(false);
        await Expect
            .ThrowsAsync<SessionNotFoundException, CompareAndSetResult>(() =>
                s.Store.CompareAndSetStatusAsync(s.Key, [SessionStatus.Active], SessionStatus.Failed, s.Now)
            )
            .ConfigureAwait(false);
        await Expect
            .ThrowsAsync<SessionNotFoundException, StreamInfo>(() => s.Store.ReactivateAsync(s.Key, s.Now))
            .ConfigureAwait(false);
        var entry = Sample.Tokens("u-1", "run", s.Now, 1, 2);
        await Expect
            .ThrowsAsync<SessionNotFoundException>(() => s.Store.RecordEntryAsync(s.Key, entry))
            .ConfigureAwait(false);
        await new Scenario(fixture, "s-1", "tenant").StartAsync().ConfigureAwait(false);
    }

    private static async Task TombstonesExpire(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await RunAsync(s).ConfigureAwait(false);
        await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);
        var deleted = s.Now;
        Expect.Equal(0, await SweepAsync(fixture, deleted.AddDays(30).AddSeconds(-1), new()).ConfigureAwait(false));
        await s.ExpectAsync(SessionCommitOutcome.SessionDeleted, s.Start()).ConfigureAwait(false);
        Expect.Equal(1, await SweepAsync(fixture, deleted.AddDays(30), new()).ConfigureAwait(false));
        var run = await s.StartAsync().ConfigureAwait(false);
        Expect.Equal(1, run.Ordinal);
    }

    private static async Task RequestIdsExpire(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var start = s.Start();
        var request = start with { NewRun = start.NewRun! with { RequestId = "r", BodyHash = "h" } };
        await s.ApplyAsync(request).ConfigureAwait(false);
        await s.ApplyAsync(s.End(RunStatus.Completed)).ConfigureAwait(false);
        Expect.Equal(0, await SweepAsync(fixture, request.At.AddHours(23), new()).ConfigureAwait(false));
        var again = request with { NewRun = request.NewRun with { RunId = "another" } };
        await s.ExpectAsync(SessionCommitOutcome.RequestReplayed, again).ConfigureAwait(false);
        Expect.Equal(1, await SweepAsync(fixture, request.At.AddHours(24), new()).ConfigureAwait(false));
        await s.ApplyAsync(again).ConfigureAwait(false);
    }

    private static async Task SessionsExpire(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var expires = s.Now.AddDays(1);
        var start = s.Start();
        await s.ApplyAsync(
                start with
                {
                    NewSession = new() { AgentType = Sample.Agent, ExpiresAt = expires },
                    NewRun = start.NewRun! with { WorkflowName = "agent" },
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(0, await SweepAsync(fixture, expires, KeepAll).ConfigureAwait(false), "swept while running");
        await s.ApplyAsync(s.End(RunStatus.Completed)).ConfigureAwait(false);
        Expect.Equal(0, await SweepAsync(fixture, expires.AddSeconds(-1), KeepAll).ConfigureAwait(false));
        Expect.True(
            await SweepAsync(fixture, expires, KeepAll).ConfigureAwait(false) > 0,
            "an expired session is swept"
        );
        Expect.True(await s.Store.GetSessionAsync(s.Key).ConfigureAwait(false) is null, "an expired session is gone");
        await s.ExpectAsync(SessionCommitOutcome.SessionDeleted, s.Start()).ConfigureAwait(false);
        var outbox = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        Expect.Equal(OutboxKind.DeleteInstance, outbox[^1].Kind);
    }

    private static async Task RunsExpire(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await RunAsync(s, workflow: "agent").ConfigureAwait(false);
        var second = await RunAsync(s, request: "r").ConfigureAwait(false);
        var third = await RunAsync(s).ConfigureAwait(false);
        var outbox = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        await s.Store.CompleteOutboxAsync([.. outbox.Select(entry => entry.Id)]).ConfigureAwait(false);
        var policy = KeepAll with { Runs = TimeSpan.FromHours(1) };
        Expect.Equal(0, await SweepAsync(fixture, s.Now, policy).ConfigureAwait(false));
        var before = await s.SessionAsync().ConfigureAwait(false);
        await SweepAsync(fixture, s.Now.AddDays(1), policy).ConfigureAwait(false);

        var runs = await s.Store.ListRunsAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Sequence([second.RunId, third.RunId], runs.Items.Select(run => run.RunId), "runs that stay");
        Expect.True(await s.Store.GetRunAsync(s.Key, first.RunId).ConfigureAwait(false) is null, "the run is gone");
        Expect.Equal(0, (await s.Store.GetToolCallsAsync(s.Key, first.RunId).ConfigureAwait(false)).Count);
        var checkpoints = await s.Store.ListCheckpointsAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Sequence(
            [third.RunId, second.RunId],
            checkpoints.Items.Select(item => item.RunId),
            "checkpoints that stay"
        );
        outbox = await s.Store.ListOutboxAsync(10).ConfigureAwait(false);
        Expect.Sequence([first.InstanceId], outbox.Select(entry => entry.InstanceId), "instances to delete");
        var after = await s.SessionAsync().ConfigureAwait(false);
        Expect.Equal(before with { Tags = after.Tags, Metadata = after.Metadata }, after);
        Expect.Equal(3, (await s.Store.GetMessagesAsync(s.Key, 0, 10).ConfigureAwait(false)).Messages.Count);

        await SweepAsync(fixture, s.Now.AddDays(1), policy with { RequestIds = TimeSpan.FromHours(1) })
            .ConfigureAwait(false);
        await SweepAsync(fixture, s.Now.AddDays(1), policy with { RequestIds = TimeSpan.FromHours(1) })
            .ConfigureAwait(false);
        runs = await s.Store.ListRunsAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Sequence([third.RunId], runs.Items.Select(run => run.RunId), "runs that stay without requests");
        Expect.Equal(4, (await s.StartAsync().ConfigureAwait(false)).Ordinal, "the next ordinal");
    }

    private static async Task ChunksExpire(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var policy = KeepAll with { Chunks = TimeSpan.FromHours(1) };
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Step("1", "2")).ConfigureAwait(false);
        await s.ApplyAsync(s.Step("3")).ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("4", "5")).ConfigureAwait(false);
        await CheckAsync(s.Now.AddDays(1), first: 1).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        await CheckAsync(s.Now, first: 1).ConfigureAwait(false);
        await CheckAsync(s.Now.AddHours(1), first: 4).ConfigureAwait(false);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Step("6")).ConfigureAwait(false);
        await CheckAsync(s.Now.AddDays(1), first: 4).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await CheckAsync(s.Now.AddDays(1), first: 7).ConfigureAwait(false);
        var next = await s.ApplyAsync(s.Start() with { Chunks = [Sample.Chunk("7")] }).ConfigureAwait(false);
        Expect.Equal(7L, next.FirstSequence, "the number after everything was trimmed");
        await CheckAsync(s.Now.AddDays(1), first: 7).ConfigureAwait(false);

        async Task CheckAsync(DateTimeOffset now, long first)
        {
            await SweepAsync(fixture, now, policy).ConfigureAwait(false);
            await fixture.ReopenAsync().ConfigureAwait(false);
            var session = await s.SessionAsync().ConfigureAwait(false);
            Expect.Equal(first, session.FirstSequence);
            Expect.Equal(first, (await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false))!.FirstSequence);
            var chunks = await s.Store.ReadChunksAsync(s.Key, 0, int.MaxValue).ConfigureAwait(false);
            var count = (int)(session.LastSequence - first + 1);
            Expect.Sequence(
                Enumerable.Range((int)first, count).Select(number => (long)number),
                chunks.Select(chunk => chunk.Sequence),
                "chunks that stay"
            );
        }
    }

    private static async Task SweepIsBounded(SessionStoreFixture fixture)
    {
        for (var number = 0; number < 5; number++)
        {
            var s = new Scenario(fixture, $"s-{number}");
            await RunAsync(s).ConfigureAwait(false);
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);
        }

        var request = new SweepRequest { Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), Limit = 2 };
        foreach (var expected in new[] { 2, 2, 1, 0 })
        {
            Expect.Equal(expected, await fixture.Store.SweepAsync(request).ConfigureAwait(false));
        }
    }

    private static async Task PoliciesAreByAgent(SessionStoreFixture fixture)
    {
        var kept = new Scenario(fixture, "kept");
        await RunAsync(kept).ConfigureAwait(false);
        var swept = new Scenario(fixture, "swept");
        await swept
            .ApplyAsync(swept.Commit() with { NewSession = new() { AgentType = "forgetful" } })
            .ConfigureAwait(false);
        foreach (var s in new[] { kept, swept })
        {
            await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);
        }

        var request = new SweepRequest
        {
            Now = swept.Now.AddDays(1),
            ByAgent = new Dictionary<string, SweepPolicy> { ["forgetful"] = new() { Tombstones = TimeSpan.Zero } },
        };
        Expect.Equal(1, await fixture.Store.SweepAsync(request).ConfigureAwait(false));
        await kept.ExpectAsync(SessionCommitOutcome.SessionDeleted, kept.Start()).ConfigureAwait(false);
        await swept.StartAsync().ConfigureAwait(false);
    }

    private static async Task<RunRecord> RunAsync(Scenario s, string? workflow = null, string? request = null)
    {
        var start = s.Start(owner: await s.Fixture.AddNodeAsync().ConfigureAwait(false));
        var run = start.NewRun! with
        {
            WorkflowName = workflow,
            RequestId = request,
            BodyHash = request is null ? null : "hash",
        };
        await s.ApplyAsync(start with { NewRun = run }).ConfigureAwait(false);
        var call = Sample.ToolCall(run.RunId, 1, 0, ToolCallStatus.Succeeded);
        await s.ApplyAsync(s.Step("a") with { ToolCalls = [call] }).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        return await s.CurrentRunAsync().ConfigureAwait(false);
    }

    private static ValueTask<int> SweepAsync(SessionStoreFixture fixture, DateTimeOffset now, SweepPolicy policy) =>
        fixture.Store.SweepAsync(new() { Now = now, Default = policy });
}
