using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>How runs begin and end, and what that does to session and stream.</summary>
internal static class LifecycleCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("The first commit creates the session and its run", CreatesSessionAndRun),
            new("A commit without a session is refused unless it creates one", RefusesUnknownSession),
            new("An execute begins the next turn under a new instance id", ExecuteBeginsNextTurn),
            new("A resume and a retry stay in their turn", ResumeStaysInTurn),
            new("Every end of a run sets run, session and stream as the status table says", EndsFollowTable),
            new("An end stores reason, error and output", EndStoresDetails),
            new("A change that does not end the run leaves it running", ChangeKeepsRunning),
            new("Times are kept in whole milliseconds", KeepsMilliseconds),
            new("Reads of what is not there are empty", EmptyReads),
            new("What is durable is there after the store is opened again", SurvivesReopening),
        ];

    private static async Task CreatesSessionAndRun(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        var start = s.Start(owner: node);
        var commit = start with
        {
            NewSession = new()
            {
                AgentType = Sample.Agent,
                Title = "A title",
                UserId = "user-1",
                Tags = ["a", "b"],
                Metadata = new Dictionary<string, string> { ["k"] = "v" },
                RootSessionId = "root",
                ParentSessionId = "parent",
                ForkedFrom = "other#cp",
                ExpiresAt = start.At.AddDays(1),
            },
            NewRun = start.NewRun! with
            {
                RequestId = "request-1",
                BodyHash = "hash",
                DefinitionVersion = "7",
                Server = "support",
                Deadline = start.At.AddHours(1),
                TraceParent = "00-trace",
            },
            Chunks = [Sample.Chunk("a")],
        };
        var result = await s.ApplyAsync(commit).ConfigureAwait(false);

        Expect.Equal(1L, result.FirstSequence);
        var session = await s.SessionAsync().ConfigureAwait(false);
        Expect.Sequence(["a", "b"], session.Tags);
        Expect.Equal("v", session.Metadata["k"]);
        var plain = new SessionRecord
        {
            Key = s.Key,
            AgentType = Sample.Agent,
            Title = "A title",
            UserId = "user-1",
            Tags = session.Tags,
            Metadata = session.Metadata,
            Status = SessionStatus.Active,
            MessageCount = 1,
            LastSequence = 1,
            RunOrdinal = 1,
            Turn = 1,
            CurrentRunId = commit.NewRun.RunId,
            Version = 1,
            RootSessionId = "root",
            ParentSessionId = "parent",
            ForkedFrom = "other#cp",
            CreatedAt = commit.At,
            UpdatedAt = commit.At,
            ExpiresAt = commit.At.AddDays(1),
        };
        Expect.Equal(plain, session);
        var run = new RunRecord
        {
            Session = s.Key,
            RunId = commit.NewRun.RunId,
            Ordinal = 1,
            Turn = 1,
            Trigger = RunTrigger.Execute,
            RequestId = "request-1",
            BodyHash = "hash",
            InstanceId = "agent__assistant__s-1",
            AgentType = Sample.Agent,
            DefinitionVersion = "7",
            Server = "support",
            Runtime = Sample.Runtime,
            Status = RunStatus.Running,
            StartSequence = 1,
            InputMessageCount = 1,
            Owner = new(node, 1),
            ClaimCount = 1,
            CreatedAt = commit.At,
            StartedAt = commit.At,
            Deadline = commit.At.AddHours(1),
            TraceParent = "00-trace",
        };
        Expect.Equal(run, await s.CurrentRunAsync().ConfigureAwait(false));
        Expect.Equal(run, result.Run);
        Expect.Equal(run, await s.Store.GetRunAsync(s.Key, run.RunId).ConfigureAwait(false));
    }

    private static async Task RefusesUnknownSession(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var result = await s.ExpectAsync(SessionCommitOutcome.SessionNotFound, s.Commit()).ConfigureAwait(false);
        Expect.True(result.Session is null, "there is no session in the result");
        await s.ExpectAsync(SessionCommitOutcome.SessionNotFound, s.Start() with { NewSession = null })
            .ConfigureAwait(false);
        await s.ApplyAsync(s.Commit() with { NewSession = new() { AgentType = Sample.Agent } }).ConfigureAwait(false);
        var session = await s.SessionAsync().ConfigureAwait(false);
        Expect.Equal(0, session.RunOrdinal);
        Expect.Equal(null, session.CurrentRunId);
        await s.ApplyAsync(s.Start() with { NewSession = null }).ConfigureAwait(false);
    }

    private static async Task ExecuteBeginsNextTurn(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("a", "b")).ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        var second = await s.StartAsync().ConfigureAwait(false);
        Expect.Equal((2, 2), (second.Ordinal, second.Turn));
        Expect.Equal("agent__assistant__s-1__turn__2", second.InstanceId);
        Expect.Equal(3L, second.StartSequence);
        Expect.Equal(1, second.StartMessageCount);
        Expect.Equal(null, second.Owner);
        Expect.Equal(0, second.ClaimCount);
        Expect.Equal(null, second.StartedAt);
        var runs = await StoreDump.AllAsync(page => s.Store.ListRunsAsync(s.Key, page)).ConfigureAwait(false);
        Expect.Sequence([1, 2], runs.Select(run => run.Ordinal), "ordinals");
    }

    private static async Task ResumeStaysInTurn(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        var start = s.Start(RunTrigger.Resume);
        var resumed = await s.ApplyAsync(
                start with
                {
                    RunId = first.RunId,
                    NewRun = start.NewRun! with { ParentRunId = first.RunId },
                }
            )
            .ConfigureAwait(false);
        Expect.Equal((2, 1), (resumed.Run!.Ordinal, resumed.Run.Turn));
        Expect.Equal("agent__assistant__s-1__resume__2", resumed.Run.InstanceId);
        Expect.Equal(first.RunId, resumed.Run.ParentRunId);
        Expect.Equal(
            RunStatus.Interrupted,
            (await s.Store.GetRunAsync(s.Key, first.RunId).ConfigureAwait(false))!.Status
        );
        await s.ApplyAsync(s.End(RunStatus.Failed) with { Fence = null }).ConfigureAwait(false);
        var retried = await s.ApplyAsync(s.Start(RunTrigger.Retry)).ConfigureAwait(false);
        Expect.Equal((3, 1), (retried.Run!.Ordinal, retried.Run.Turn));
        Expect.Equal("agent__assistant__s-1__retry__3", retried.Run.InstanceId);
        Expect.Equal(1, (await s.SessionAsync().ConfigureAwait(false)).Turn);
    }

    private static async Task EndsFollowTable(SessionStoreFixture fixture)
    {
        (RunStatus Run, SessionStatus Session, StreamStatus Stream)[] table =
        [
            (RunStatus.SuspendedClientTool, SessionStatus.Active, StreamStatus.Paused),
            (RunStatus.SuspendedAwaitingChildren, SessionStatus.Active, StreamStatus.Paused),
            (RunStatus.SuspendedStepPartial, SessionStatus.Active, StreamStatus.Paused),
            (RunStatus.Interrupted, SessionStatus.Interrupted, StreamStatus.Paused),
            (RunStatus.Completed, SessionStatus.Completed, StreamStatus.Ended),
            (RunStatus.Failed, SessionStatus.Failed, StreamStatus.Failed),
        ];
        foreach (var row in table)
        {
            var s = new Scenario(fixture, $"s-{row.Run}".Replace('_', '-'));
            await s.StartOwnedAsync().ConfigureAwait(false);
            Expect.Equal(
                new StreamInfo(StreamStatus.Active, 1, 0),
                await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false)
            );
            await s.ApplyAsync(s.Flush("a", "b")).ConfigureAwait(false);
            var end = s.End(row.Run) with { Chunks = [Sample.Chunk("c")] };
            await s.ApplyAsync(end).ConfigureAwait(false);
            var run = await s.CurrentRunAsync().ConfigureAwait(false);
            Expect.Equal((row.Run, (long?)3, (DateTimeOffset?)end.At), (run.Status, run.EndSequence, run.EndedAt));
            Expect.Equal(
                row.Session,
                (await s.SessionAsync().ConfigureAwait(false)).Status,
                $"session after {row.Run}"
            );
            Expect.Equal(new StreamInfo(row.Stream, 1, 3), await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false));
        }
    }

    private static async Task EndStoresDetails(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var end = s.End(RunStatus.Failed);
        await s.ApplyAsync(
                end with
                {
                    RunChange = end.RunChange! with
                    {
                        Reason = RunReason.MaxSteps,
                        Error = "Too many steps.",
                        Output = Sample.Json("partial"),
                    },
                }
            )
            .ConfigureAwait(false);
        var run = await s.CurrentRunAsync().ConfigureAwait(false);
        Expect.Equal((RunReason.MaxSteps, "Too many steps."), (run.Reason, run.Error));
        Expect.Equal("\"partial\"", Sample.Text(run.Output ?? default));
    }

    private static async Task ChangeKeepsRunning(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { RunChange = new() { Output = Sample.Json("early") } }).ConfigureAwait(false);
        var run = await s.CurrentRunAsync().ConfigureAwait(false);
        Expect.Equal((RunStatus.Running, null, null), (run.Status, run.EndSequence, run.EndedAt));
        Expect.Equal("\"early\"", Sample.Text(run.Output ?? default));
        Expect.Equal(SessionStatus.Active, (await s.SessionAsync().ConfigureAwait(false)).Status);
    }

    private static async Task KeepsMilliseconds(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var at = new DateTimeOffset(2026, 3, 1, 13, 0, 0, 123, 456, TimeSpan.FromHours(1));
        await s.ApplyAsync(s.Start() with { At = at }).ConfigureAwait(false);
        var expected = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
        var session = await s.SessionAsync().ConfigureAwait(false);
        Expect.Equal((expected, expected), (session.CreatedAt, session.UpdatedAt));
        Expect.Equal(TimeSpan.Zero, session.CreatedAt.Offset);
        Expect.Equal(expected, (await s.CurrentRunAsync().ConfigureAwait(false)).CreatedAt);
        var messages = await s.Store.GetMessagesAsync(s.Key, 0, 1).ConfigureAwait(false);
        Expect.Equal(expected, messages.Messages[0].CreatedAt);
    }

    private static async Task EmptyReads(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await CheckEmpty().ConfigureAwait(false);
        await new Scenario(fixture, "s-2").StartAsync().ConfigureAwait(false);
        await CheckEmpty().ConfigureAwait(false);

        async Task CheckEmpty()
        {
            Expect.True(await s.Store.GetSessionAsync(s.Key).ConfigureAwait(false) is null, "no session");
            Expect.True(await s.Store.GetCurrentRunAsync(s.Key).ConfigureAwait(false) is null, "no current run");
            Expect.True(await s.Store.GetRunAsync(s.Key, "s-2-run-1").ConfigureAwait(false) is null, "no run");
            Expect.True(await s.Store.GetSnapshotAsync(s.Key, 10).ConfigureAwait(false) is null, "no snapshot");
            Expect.True(await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false) is null, "no stream");
            Expect.True(await s.Store.GetCheckpointAsync(s.Key, "cp").ConfigureAwait(false) is null, "no checkpoint");
            Expect.Equal(0, (await s.Store.GetMessagesAsync(s.Key, 0, 10).ConfigureAwait(false)).Total);
            Expect.Equal(0, (await s.Store.ReadChunksAsync(s.Key, 0, 10).ConfigureAwait(false)).Count);
            Expect.Equal(0, (await s.Store.ListRunsAsync(s.Key, new()).ConfigureAwait(false)).Items.Count);
            Expect.Equal(0, (await s.Store.ListCheckpointsAsync(s.Key, new()).ConfigureAwait(false)).Items.Count);
            Expect.Equal(0, (await s.Store.GetEntriesAsync(s.Key, new()).ConfigureAwait(false)).Items.Count);
            Expect.Equal(0, (await s.Store.GetToolCallsAsync(s.Key, "s-2-run-1").ConfigureAwait(false)).Count);
            Expect.Equal(0, (await s.Store.GetCommandsAsync(s.Key, "s-2-run-1", 0).ConfigureAwait(false)).Count);
            Expect.Equal(0L, (await s.Store.GetRollupAsync(s.Key).ConfigureAwait(false)).ModelCalls);
        }
    }

    private static async Task SurvivesReopening(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(
                s.Step("a", "b") with
                {
                    State = Sample.Json("state"),
                    Messages = [AgentMessage.FromUser("more")],
                    ToolCalls = [Sample.ToolCall(run.RunId, 2, 0, ToolCallStatus.Pending)],
                    Usage = [Sample.Tokens("u-1", run.RunId, s.Now, 3, 4)],
                    Command = Sample.Command(s.Key, run.RunId, CommandKind.Steer, s.Now),
                    Outbox =
                    [
                        new()
                        {
                            Session = s.Key,
                            Kind = OutboxKind.StartInstance,
                            InstanceId = "i",
                            Token = "t",
                        },
                    ],
                }
            )
            .ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("c")).ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After opening again");
        var next = await s.Store.CommitAsync(s.Commit() with { Chunks = [Sample.Chunk("d")] }).ConfigureAwait(false);
        Expect.Equal(4L, next.FirstSequence);
    }
}
