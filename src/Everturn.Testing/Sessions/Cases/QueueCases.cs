using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Messages that wait for the run in their way.</summary>
internal static class QueueCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A message waits whole, is listed after the runs, and what supersedes comes first", Waits),
            new("A message waits only where something is in its way", NeedsSomethingInTheWay),
            new("A message that waited becomes the run, and its request id goes with it", Becomes),
            new("No turn begins before those that wait", KeepsTheOrder),
            new("A message joins the run of the commit's owner", Joins),
            new("A message is withdrawn once, and its request still leads to it", Withdraws),
            new("The stream stays open for what waits, and closes without it", StreamStaysOpen),
            new("As many messages wait as the limit says", IsBounded),
            new("What was settled is forgotten with its request id, and a deleted session has no queue", IsForgotten),
        ];

    private static async Task Waits(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        var large = new string('x', 20_000);
        await s.ApplyAsync(Wait(s, "q-1", DoubleTexting.Enqueue, large) with { NewSession = Labels })
            .ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-2", DoubleTexting.Steer)).ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-3", DoubleTexting.Rollback)).ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-4", DoubleTexting.Interrupt)).ConfigureAwait(false);

        await fixture.ReopenAsync().ConfigureAwait(false);
        var queue = await s.Store.GetQueueAsync(s.Key).ConfigureAwait(false);
        Expect.Sequence(["q-3", "q-4", "q-1", "q-2"], queue.Select(queued => queued.RunId), "queue");
        var first = queue[2];
        Expect.Equal(
            (s.Key, DoubleTexting.Enqueue, run.RunId, run.Turn, Sample.Agent, RunStatus.Queued),
            (first.Session, first.Policy, first.TargetRunId, first.TargetTurn, first.AgentType, first.Status)
        );
        Expect.Equal(
            ("r-q-1", "h", "server", "trace"),
            (first.RequestId, first.BodyHash, first.Server, first.TraceParent)
        );
        Expect.Equal((large, "\"state\""), (first.Messages[0].Content, Sample.Text(first.StateChange)));
        var session = await s.SessionAsync().ConfigureAwait(false);
        Expect.Equal((4, "label"), (session.QueuedRuns, session.Tags[0]));
        Expect.Equal(run.RunId, session.CurrentRunId);
        var listed = await StoreDump
            .AllAsync(page => s.Store.ListRunsAsync(s.Key, page with { Limit = 2 }))
            .ConfigureAwait(false);
        Expect.Sequence(
            [run.RunId, "q-3", "q-4", "q-1", "q-2"],
            listed.Select(each => each.RunId),
            "runs and those that wait"
        );
        Expect.Equal((RunStatus.Queued, 0), (listed[1].Status, listed[1].Ordinal));
        var sessions = await s.Store.ListQueuedSessionsAsync(null, 10).ConfigureAwait(false);
        Expect.Sequence([s.Key], sessions.Select(each => each.Key), "sessions with a queue");
        Expect.Equal(0, (await s.Store.ListQueuedSessionsAsync(s.Key, 10).ConfigureAwait(false)).Count);
    }

    private static async Task NeedsSomethingInTheWay(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ExpectAsync(SessionCommitOutcome.SessionNotFound, Wait(s, "q-1")).ConfigureAwait(false);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.StatusConflict, Wait(s, "q-1")).ConfigureAwait(false);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "after a refusal");

        var suspended = new Scenario(fixture, "suspended");
        await suspended.StartOwnedAsync().ConfigureAwait(false);
        await suspended.EndAsync(RunStatus.SuspendedClientTool).ConfigureAwait(false);
        await suspended.ApplyAsync(Wait(suspended, "q-1")).ConfigureAwait(false);
    }

    private static async Task Becomes(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-1")).ConfigureAwait(false);
        var again = await s.ExpectAsync(SessionCommitOutcome.RequestReplayed, Wait(s, "q-1")).ConfigureAwait(false);
        Expect.Equal(("q-1", RunStatus.Queued), (again.Run!.RunId, again.Run.Status));
        var other = Wait(s, "q-2");
        await s.ExpectAsync(
                SessionCommitOutcome.RequestMismatch,
                other with
                {
                    Enqueue = other.Enqueue! with { RequestId = "r-q-1", BodyHash = "other" },
                }
            )
            .ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.StatusConflict, Begin(s, "q-1")).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);

        var result = await s.ApplyAsync(Begin(s, "q-1")).ConfigureAwait(false);

        Expect.Equal(
            ("q-1", 2, 2, "r-q-1"),
            (result.Run!.RunId, result.Run.Ordinal, result.Run.Turn, result.Run.RequestId)
        );
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(0, (await s.SessionAsync().ConfigureAwait(false)).QueuedRuns);
        Expect.Equal(0, (await s.Store.GetQueueAsync(s.Key).ConfigureAwait(false)).Count);
        var found = await s.Store.GetRunByRequestAsync(s.Key, "r-q-1").ConfigureAwait(false);
        Expect.Equal((2, RunStatus.Running), (found!.Ordinal, found.Status));
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.NotQueued, Begin(s, "q-1")).ConfigureAwait(false);
    }

    private static async Task KeepsTheOrder(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-1")).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.StatusConflict, s.Start()).ConfigureAwait(false);

        // What goes on with the turn is none of a new one.
        var resume = s.Start(RunTrigger.Resume);
        await s.ApplyAsync(resume with { NewRun = resume.NewRun! with { ParentRunId = run.RunId } })
            .ConfigureAwait(false);
        Expect.Equal(1, (await s.SessionAsync().ConfigureAwait(false)).QueuedRuns);
    }

    private static async Task Joins(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-1", DoubleTexting.Steer)).ConfigureAwait(false);
        var join = s.Work(CommitKind.RunSteer) with
        {
            Messages = [AgentMessage.FromUser("left")],
            Settled = [new("q-1", RunStatus.Joined)],
        };
        await Expect
            .InvalidAsync("settled", () => s.Store.CommitAsync(join with { Fence = null }))
            .ConfigureAwait(false);

        await s.ApplyAsync(join).ConfigureAwait(false);

        await s.ExpectAsync(SessionCommitOutcome.NotQueued, join).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var joined = await s.Store.GetRunAsync(s.Key, "q-1").ConfigureAwait(false);
        Expect.Equal((RunStatus.Joined, run.RunId), (joined!.Status, joined.ParentRunId));
        Expect.Equal(2, (await s.SessionAsync().ConfigureAwait(false)).MessageCount);
        var replay = await s.ExpectAsync(SessionCommitOutcome.RequestReplayed, Wait(s, "q-1")).ConfigureAwait(false);
        Expect.Equal(RunStatus.Joined, replay.Run!.Status);
        var listed = await s.Store.ListRunsAsync(s.Key, new()).ConfigureAwait(false);
        Expect.Sequence([run.RunId], listed.Items.Select(each => each.RunId), "runs");
    }

    private static async Task Withdraws(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-1")).ConfigureAwait(false);
        var withdraw = s.Commit(CommitKind.RunQueue) with
        {
            Settled = [new("q-1", RunStatus.Interrupted, "never mind")],
        };
        await s.ApplyAsync(withdraw).ConfigureAwait(false);

        await s.ExpectAsync(SessionCommitOutcome.NotQueued, withdraw).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var found = await s.Store.GetRunByRequestAsync(s.Key, "r-q-1").ConfigureAwait(false);
        Expect.Equal((RunStatus.Interrupted, "never mind"), (found!.Status, found.Reason));
        Expect.Equal(0, (await s.SessionAsync().ConfigureAwait(false)).QueuedRuns);
        var asked = await s.ApplyAsync(
                s.Commit(CommitKind.Command) with
                {
                    Command = Sample.Command(s.Key, "q-1", CommandKind.Interrupt, s.Now),
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(RunStatus.Interrupted, asked.Run!.Status);
    }

    private static async Task StreamStaysOpen(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-1")).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        Expect.Equal(StreamStatus.Active, (await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false))!.Status);

        await s.ApplyAsync(s.Commit(CommitKind.RunQueue) with { Settled = [new("q-1", RunStatus.Interrupted)] })
            .ConfigureAwait(false);
        Expect.Equal(StreamStatus.Ended, (await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false))!.Status);
    }

    private static async Task IsBounded(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var limit = new EverturnLimits().QueuedRuns;
        for (var number = 1; number <= limit; number++)
        {
            await s.ApplyAsync(Wait(s, $"q-{number}")).ConfigureAwait(false);
        }

        await s.ExpectAsync(SessionCommitOutcome.QueueFull, Wait(s, "q-more")).ConfigureAwait(false);
        Expect.Equal(limit, (await s.SessionAsync().ConfigureAwait(false)).QueuedRuns);
    }

    private static async Task IsForgotten(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-1")).ConfigureAwait(false);
        await s.ApplyAsync(Wait(s, "q-2")).ConfigureAwait(false);
        await s.ApplyAsync(s.Commit(CommitKind.RunQueue) with { Settled = [new("q-1", RunStatus.Interrupted)] })
            .ConfigureAwait(false);
        await s.Store.SweepAsync(new() { Now = s.Now + TimeSpan.FromHours(25) }).ConfigureAwait(false);
        Expect.True(await s.Store.GetRunAsync(s.Key, "q-1").ConfigureAwait(false) is null);
        Expect.Equal(1, (await s.Store.GetQueueAsync(s.Key).ConfigureAwait(false)).Count);

        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        await s.Store.DeleteSessionAsync(s.Key, s.Now).ConfigureAwait(false);
        Expect.Equal(0, (await s.Store.ListQueuedSessionsAsync(null, 10).ConfigureAwait(false)).Count);
        Expect.Equal(0, (await s.Store.GetQueueAsync(s.Key).ConfigureAwait(false)).Count);
    }

    private static NewSession Labels => new() { AgentType = Sample.Agent, Tags = ["label"] };

    private static SessionCommit Wait(Scenario s, string runId, DoubleTexting? policy = null, string text = "wait") =>
        s.Commit(CommitKind.RunQueue) with
        {
            Enqueue = new()
            {
                Session = s.Key,
                RunId = runId,
                Policy = policy ?? DoubleTexting.Enqueue,
                RequestId = "r-" + runId,
                BodyHash = "h",
                Server = "server",
                TraceParent = "trace",
                Messages = [AgentMessage.FromUser(text)],
                StateChange = Sample.Json("state"),
                CreatedAt = s.Now,
            },
        };

    private static SessionCommit Begin(Scenario s, string runId)
    {
        var start = s.Start();
        return start with
        {
            NewRun = start.NewRun! with { RunId = runId, WasQueued = true, RequestId = "r-" + runId, BodyHash = "h" },
        };
    }
}
