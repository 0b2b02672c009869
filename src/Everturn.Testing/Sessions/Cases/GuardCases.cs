using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>When a commit is refused, in which order the checks come, and that a refusal changes nothing.</summary>
internal static class GuardCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A run cannot begin while another one is running", RefusesSecondRun),
            new("A suspended run is only followed by its own resume or retry", SuspendedRunOnlyResumes),
            new("Work on a run that is not the current one is refused", RefusesOtherRun),
            new("Work on a run that has ended is refused", RefusesEndedRun),
            new("The status must be an expected one, unless the session is new", ExpectsStatus),
            new("The version must be the expected one", ExpectsVersion),
            new("A session keeps its agent", KeepsAgent),
            new("A session must belong to the user who is expected, unless it is new", ExpectsUser),
            new("A run id is used once", RunIdIsUsedOnce),
            new("Compare-and-set of the status", ComparesAndSets),
            new("Checks come in the documented order", ChecksInOrder),
            new("Every refused commit changes nothing at all", RefusalChangesNothing),
            new("A commit whose parts do not go together is refused", RefusesBadShape),
        ];

    private static async Task RefusesSecondRun(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartAsync().ConfigureAwait(false);
        var result = await s.ExpectAsync(SessionCommitOutcome.StatusConflict, s.Start()).ConfigureAwait(false);
        Expect.Equal(SessionStatus.Active, result.Session?.Status);
        await s.ExpectAsync(
                SessionCommitOutcome.StatusConflict,
                s.Start() with
                {
                    ExpectedStatuses = [SessionStatus.Active],
                }
            )
            .ConfigureAwait(false);
        var resume = s.Start(RunTrigger.Resume);
        await s.ExpectAsync(
                SessionCommitOutcome.StatusConflict,
                resume with
                {
                    NewRun = resume.NewRun! with { ParentRunId = run.RunId },
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(1, (await s.SessionAsync().ConfigureAwait(false)).RunOrdinal);
    }

    private static async Task SuspendedRunOnlyResumes(SessionStoreFixture fixture)
    {
        foreach (var trigger in new[] { RunTrigger.Resume, RunTrigger.Retry })
        {
            var s = new Scenario(fixture, $"s-{trigger}");
            var first = await s.StartOwnedAsync().ConfigureAwait(false);
            await s.ApplyAsync(
                    s.End(RunStatus.SuspendedClientTool) with
                    {
                        Suspension = new()
                        {
                            RunId = first.RunId,
                            Kind = RunStatus.SuspendedClientTool,
                            Step = 1,
                            ToolCallIds = ["call-1"],
                        },
                        PendingCalls =
                        [
                            new()
                            {
                                ApprovalId = "a-1",
                                RunId = first.RunId,
                                ToolCallId = "call-1",
                                ToolName = "ask",
                                Kind = "client",
                                ArgumentsHash = "hash",
                                RequestedAt = s.Now,
                            },
                        ],
                    }
                )
                .ConfigureAwait(false);
            await s.ExpectAsync(SessionCommitOutcome.StatusConflict, s.Start()).ConfigureAwait(false);
            await s.ExpectAsync(SessionCommitOutcome.StatusConflict, s.Start(trigger)).ConfigureAwait(false);
            var other = s.Start(trigger);
            other = other with { NewRun = other.NewRun! with { ParentRunId = "another" } };
            await s.ExpectAsync(SessionCommitOutcome.StatusConflict, other).ConfigureAwait(false);
            var own = other with { NewRun = other.NewRun! with { ParentRunId = first.RunId } };
            await s.ApplyAsync(own).ConfigureAwait(false);
        }
    }

    private static async Task RefusesOtherRun(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await s.StartOwnedAsync().ConfigureAwait(false);
        var late = s.Flush("late");
        await s.EndAsync(RunStatus.Interrupted).ConfigureAwait(false);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, late).ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, s.Flush("x") with { RunId = "unknown" })
            .ConfigureAwait(false);
        var claim = s.Commit() with { RunId = first.RunId, Claim = await fixture.AddNodeAsync().ConfigureAwait(false) };
        await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, claim).ConfigureAwait(false);
    }

    private static async Task RefusesEndedRun(SessionStoreFixture fixture)
    {
        foreach (
            var status in new[]
            {
                RunStatus.Completed,
                RunStatus.Failed,
                RunStatus.Interrupted,
                RunStatus.SuspendedClientTool,
            }
        )
        {
            var s = new Scenario(fixture, $"s-{status}".Replace('_', '-'));
            await s.StartOwnedAsync().ConfigureAwait(false);
            await s.EndAsync(status).ConfigureAwait(false);
            var result = await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, s.Flush("late")).ConfigureAwait(false);
            Expect.Equal(status, result.Run?.Status, "the run in the result");
            await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, s.End(RunStatus.Completed)).ConfigureAwait(false);
            var claim = s.Commit() with { RunId = s.RunId, Claim = await fixture.AddNodeAsync().ConfigureAwait(false) };
            await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, claim).ConfigureAwait(false);
        }
    }

    private static async Task ExpectsStatus(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ApplyAsync(s.Start() with { ExpectedStatuses = [SessionStatus.Completed] }).ConfigureAwait(false);
        var refused = await s.ExpectAsync(
                SessionCommitOutcome.StatusConflict,
                s.Commit() with
                {
                    ExpectedStatuses = [SessionStatus.Completed, SessionStatus.Failed],
                }
            )
            .ConfigureAwait(false);
        Expect.Equal((SessionStatus.Active, 1L), (refused.Session!.Status, refused.Session.Version));
        await s.ExpectAsync(SessionCommitOutcome.StatusConflict, s.Commit() with { ExpectedStatuses = [] })
            .ConfigureAwait(false);
        await s.ApplyAsync(s.Commit() with { ExpectedStatuses = [SessionStatus.Failed, SessionStatus.Active] })
            .ConfigureAwait(false);
    }

    private static async Task ExpectsVersion(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.ExpectAsync(SessionCommitOutcome.VersionConflict, s.Start() with { ExpectedVersion = 1 })
            .ConfigureAwait(false);
        await s.ApplyAsync(s.Start() with { ExpectedVersion = 0 }).ConfigureAwait(false);
        var refused = await s.ExpectAsync(SessionCommitOutcome.VersionConflict, s.Commit() with { ExpectedVersion = 0 })
            .ConfigureAwait(false);
        Expect.Equal(1L, refused.Session?.Version);
        var applied = await s.ApplyAsync(s.Commit() with { ExpectedVersion = 1 }).ConfigureAwait(false);
        Expect.Equal(2L, applied.Session?.Version);
        Expect.Equal(s.Now, applied.Session?.UpdatedAt);
    }

    private static async Task ExpectsUser(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var start = s.Start();
        start = start with { NewSession = start.NewSession! with { UserId = "ann" }, ExpectedUserId = "ann" };
        var first = await s.ApplyAsync(start).ConfigureAwait(false);
        var run = first.Run!;
        var another = s.Start() with { ExpectedUserId = "bob" };
        await s.ExpectAsync(SessionCommitOutcome.UserMismatch, another).ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.UserMismatch, s.Commit() with { ExpectedUserId = "bob" })
            .ConfigureAwait(false);
        Expect.Equal(run.RunId, (await s.SessionAsync().ConfigureAwait(false)).CurrentRunId);
        await s.ApplyAsync(s.Commit() with { ExpectedUserId = "ann" }).ConfigureAwait(false);

        var nobodys = new Scenario(fixture, "s-nobody");
        await nobodys.StartAsync().ConfigureAwait(false);
        await nobodys
            .ExpectAsync(SessionCommitOutcome.UserMismatch, nobodys.Commit() with { ExpectedUserId = "ann" })
            .ConfigureAwait(false);
    }

    private static async Task KeepsAgent(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        var other = s.Start() with { NewSession = new() { AgentType = "another" } };
        var refused = await s.ExpectAsync(SessionCommitOutcome.AgentMismatch, other).ConfigureAwait(false);
        Expect.Equal(Sample.Agent, refused.Session?.AgentType);
    }

    private static async Task RunIdIsUsedOnce(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var first = await s.StartOwnedAsync().ConfigureAwait(false);
        await s.EndAsync(RunStatus.Completed).ConfigureAwait(false);
        var again = s.Start();
        again = again with { NewRun = again.NewRun! with { RunId = first.RunId } };
        var before = await s.DumpAsync().ConfigureAwait(false);
        await Expect.InvalidAsync("runId", () => s.Store.CommitAsync(again)).ConfigureAwait(false);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After a used run id");
    }

    private static async Task ComparesAndSets(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await Expect
            .ThrowsAsync<SessionNotFoundException, CompareAndSetResult>(() =>
                s.Store.CompareAndSetStatusAsync(s.Key, [SessionStatus.Active], SessionStatus.Failed, s.Now)
            )
            .ConfigureAwait(false);
        await s.ApplyAsync(s.Commit() with { NewSession = new() { AgentType = Sample.Agent } }).ConfigureAwait(false);
        var refused = await s
            .Store.CompareAndSetStatusAsync(s.Key, [SessionStatus.Failed], SessionStatus.Completed, s.Now)
            .ConfigureAwait(false);
        Expect.Equal(new CompareAndSetResult(false, SessionStatus.Active, 1), refused);
        var set = await s
            .Store.CompareAndSetStatusAsync(s.Key, [SessionStatus.Active], SessionStatus.Completed, s.Now)
            .ConfigureAwait(false);
        Expect.Equal(new CompareAndSetResult(true, SessionStatus.Completed, 2), set);
        Expect.Equal(SessionStatus.Completed, (await s.SessionAsync().ConfigureAwait(false)).Status);
    }

    private static async Task ChecksInOrder(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var start = s.Start(owner: await fixture.AddNodeAsync().ConfigureAwait(false));
        await s.ApplyAsync(start with { NewRun = start.NewRun! with { RequestId = "r", BodyHash = "h" } })
            .ConfigureAwait(false);
        var dead = await fixture.AddNodeAsync().ConfigureAwait(false);
        await fixture.FenceNodeAsync(dead).ConfigureAwait(false);

        // Everything is wrong with it; one thing after another is put right.
        var again = s.Start(owner: dead);
        var commit = again with
        {
            NewSession = new() { AgentType = "another" },
            NewRun = again.NewRun! with { RequestId = "r", BodyHash = "other" },
            RunId = "unknown",
            ExpectedStatuses = [SessionStatus.Failed],
            ExpectedVersion = 99,
        };
        await Expect
            .InvalidAsync(
                "title",
                () => s.Store.CommitAsync(commit with { SessionChange = new() { Title = new string('t', 257) } })
            )
            .ConfigureAwait(false);
        await s.ExpectAsync(SessionCommitOutcome.RequestMismatch, commit).ConfigureAwait(false);
        commit = commit with { NewRun = again.NewRun with { RequestId = "new", BodyHash = "h" } };
        await s.ExpectAsync(SessionCommitOutcome.AgentMismatch, commit).ConfigureAwait(false);
        commit = commit with { NewSession = again.NewSession };
        await Expect
            .ThrowsAsync<OwnershipLostException, SessionCommitResult>(() => s.Store.CommitAsync(commit))
            .ConfigureAwait(false);
        commit = commit with { NewRun = again.NewRun with { Owner = null } };
        await s.ExpectAsync(SessionCommitOutcome.RunNotCurrent, commit).ConfigureAwait(false);
        commit = commit with { RunId = null };
        await s.ExpectAsync(SessionCommitOutcome.StatusConflict, commit).ConfigureAwait(false);

        await s.ApplyAsync(s.Commit() with { Command = Sample.Command(s.Key, s.RunId, CommandKind.Abort, s.Now) })
            .ConfigureAwait(false);
        var end = s.End(RunStatus.Completed) with
        {
            RunChange = new() { Status = RunStatus.Completed, SeenCommandRevision = 0 },
            ExpectedStatuses = [SessionStatus.Failed],
            ExpectedVersion = 99,
        };
        await s.ExpectAsync(SessionCommitOutcome.StatusConflict, end).ConfigureAwait(false);
        end = end with { ExpectedStatuses = null };
        await s.ExpectAsync(SessionCommitOutcome.VersionConflict, end).ConfigureAwait(false);
        end = end with { ExpectedVersion = null };
        await s.ExpectAsync(SessionCommitOutcome.CommandPending, end).ConfigureAwait(false);
    }

    private static async Task RefusalChangesNothing(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Step("a")).ConfigureAwait(false);
        await s.ApplyAsync(s.Work() with { Command = Sample.Command(s.Key, s.RunId, CommandKind.Abort, s.Now) })
            .ConfigureAwait(false);
        var full = s.Step("b", "c") with
        {
            NewSession = new()
            {
                AgentType = Sample.Agent,
                UserId = "changed",
                Tags = ["changed"],
            },
            SessionChange = new() { Title = "changed" },
            Messages = [AgentMessage.FromUser("changed")],
            State = Sample.Json("changed"),
            ToolCalls = [Sample.ToolCall(s.RunId, 2, 0, ToolCallStatus.Succeeded)],
            Usage = [Sample.Tokens("changed", s.RunId, s.Now, 1, 1)],
            Outbox =
            [
                new()
                {
                    Session = s.Key,
                    Kind = OutboxKind.DeleteInstance,
                    InstanceId = "changed",
                    Token = "changed",
                },
            ],
            RunChange = new() { Status = RunStatus.Completed },
        };
        var before = await s.DumpAsync().ConfigureAwait(false);
        (string Name, SessionCommit Commit)[] refused =
        [
            ("status", full with { ExpectedStatuses = [SessionStatus.Failed] }),
            ("version", full with { ExpectedVersion = 99 }),
            ("agent", full with { NewSession = new() { AgentType = "another" } }),
            ("run", full with { RunId = "unknown", Fence = null }),
            (
                "command",
                full with
                {
                    RunChange = new() { Status = RunStatus.Completed, SeenCommandRevision = 0 },
                }
            ),
            ("owner", full with { Fence = s.Fence!.Value with { OwnerEpoch = 9 } }),
            ("node", full with { Fence = new Fence(new NodeIdentity("nobody", 1), 1) }),
            ("limit", full with { Chunks = [Sample.Chunk("b"), Sample.JsonOfSize(64 * 1024 + 1)] }),
        ];
        foreach (var (name, commit) in refused)
        {
            try
            {
                var result = await s.Store.CommitAsync(commit).ConfigureAwait(false);
                Expect.True(!result.IsApplied, $"a commit with a wrong {name} is refused");
            }
            catch (EverturnException exception) when (exception is OwnershipLostException or InvalidInputException)
            {
                // These two kinds of refusal are exceptions.
            }

            Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), $"After a commit with a wrong {name}");
        }

        await s.ApplyAsync(full).ConfigureAwait(false);
    }

    private static async Task RefusesBadShape(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        (string Field, SessionCommit Commit)[] bad =
        [
            ("runId", s.Commit() with { Claim = node }),
            ("runId", s.Commit() with { Fence = s.Fence }),
            ("runId", s.Commit() with { RunChange = new() { Reason = "x" } }),
            ("runId", s.Commit() with { Checkpoint = s.Checkpoint() }),
            ("claim", s.Work() with { Claim = node }),
            (
                "newRun",
                s.Start() with
                {
                    RunId = s.RunId,
                    RunChange = new() { Status = RunStatus.Failed },
                }
            ),
            ("command", s.Start() with { Command = Sample.Command(s.Key, s.RunId, CommandKind.Abort, s.Now) }),
            ("status", s.Start() with { SessionChange = new() { Status = SessionStatus.Failed } }),
        ];
        var before = await s.DumpAsync().ConfigureAwait(false);
        foreach (var (field, commit) in bad)
        {
            await Expect.InvalidAsync(field, () => s.Store.CommitAsync(commit)).ConfigureAwait(false);
        }

        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After commits of a bad shape");
    }
}
