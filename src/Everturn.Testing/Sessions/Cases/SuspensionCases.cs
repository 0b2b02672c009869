using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Runs that stopped without being over: what they wait for, and how they are ended otherwise.</summary>
internal static class SuspensionCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A suspension and its calls are kept whole", KeepsSuspension),
            new("Pending calls are listed over sessions by status, those asked first first", ListsByStatus),
            new("Pending calls are found by id, by the model's id, and by agent and user", FindsCalls),
            new("Grants and expired calls are found as of a time", FindsByTime),
            new("A suspended or interrupted run is ended otherwise where its status is named", EndsOtherwise),
            new("A run that is over, or has another status, is not ended again", RefusesOtherEnds),
            new("Only an end has statuses to come from, and none of a run that is over", RefusesBadTransitions),
        ];

    private static async Task KeepsSuspension(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await SuspendAsync(s, "approval-1", "approval-2").ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);

        var suspension = Expect.NotNull(
            await s.Store.GetSuspensionAsync(s.Key, s.RunId).ConfigureAwait(false),
            "The suspension"
        );
        Expect.Equal((RunStatus.SuspendedClientTool, 1), (suspension.Kind, suspension.Step));
        Expect.Sequence(["approval-1", "approval-2"], suspension.ToolCallIds, "calls");
        var calls = await s.Store.GetPendingCallsAsync(s.Key, s.RunId).ConfigureAwait(false);
        Expect.Sequence(["approval-1", "approval-2"], calls.Select(call => call.ApprovalId), "pending calls");
        Expect.Equal("{}", Sample.Text(calls[0].Arguments));
        Expect.True(calls[0].Response is null, "there is no answer");
        Expect.Equal((s.Key, PendingCallStatus.Pending), (calls[0].Session, calls[0].Status));

        var answered = calls[0] with
        {
            Status = PendingCallStatus.Approved,
            Response = Sample.Json("yes"),
            DecidedBy = "ann",
            DecidedAt = s.Now,
        };
        await s.ApplyAsync(s.Commit() with { PendingCalls = [answered] }).ConfigureAwait(false);
        var one = await s.Store.GetPendingCallAsync(s.Key, "approval-1").ConfigureAwait(false);
        Expect.Equal(
            (PendingCallStatus.Approved, "ann", (DateTimeOffset?)s.Now.AddSeconds(-1)),
            (one!.Status, one.DecidedBy!, one.DecidedAt)
        );
        Expect.Equal("\"yes\"", Sample.Text(one.Response!.Value));
        Expect.True(
            await s.Store.GetPendingCallAsync(s.Key, "none").ConfigureAwait(false) is null,
            "there is no other call"
        );
        Expect.True(
            await s.Store.GetSuspensionAsync(s.Key, "none").ConfigureAwait(false) is null,
            "there is no other suspension"
        );
    }

    private static async Task ListsByStatus(SessionStoreFixture fixture)
    {
        var first = new Scenario(fixture, "s-1");
        await SuspendAsync(first, "a", "b").ConfigureAwait(false);
        var second = new Scenario(fixture, "s-2") { Now = first.Now };
        await SuspendAsync(second, "a").ConfigureAwait(false);
        await SuspendAsync(new Scenario(fixture, "s-3", "tenant"), "a").ConfigureAwait(false);
        var call = (await first.Store.GetPendingCallAsync(first.Key, "a").ConfigureAwait(false))!;
        var denied = call with { Status = PendingCallStatus.Denied, DecidedAt = first.Now };
        await first.ApplyAsync(first.Commit() with { PendingCalls = [denied] }).ConfigureAwait(false);

        Expect.Sequence(
            ["s-1/b", "s-2/a"],
            await ListAsync("", PendingCallStatus.Pending).ConfigureAwait(false),
            "open"
        );
        Expect.Sequence(["s-1/a"], await ListAsync("", PendingCallStatus.Denied).ConfigureAwait(false), "denied");
        Expect.Sequence(
            ["s-3/a"],
            await ListAsync("tenant", PendingCallStatus.Pending).ConfigureAwait(false),
            "tenant"
        );
        await first.Store.DeleteSessionAsync(first.Key, first.Now).ConfigureAwait(false);
        Expect.Sequence(
            ["s-2/a"],
            await ListAsync("", PendingCallStatus.Pending).ConfigureAwait(false),
            "after deletion"
        );

        async Task<IEnumerable<string>> ListAsync(string tenant, PendingCallStatus status)
        {
            var calls = await StoreDump
                .AllAsync(
                    page =>
                        fixture.Store.ListPendingCallsAsync(
                            new()
                            {
                                Tenant = tenant,
                                Status = status,
                                Page = page,
                            }
                        ),
                    pageSize: 1
                )
                .ConfigureAwait(false);
            return calls.Select(call => $"{call.Session.SessionId}/{call.ApprovalId}");
        }
    }

    private static async Task FindsCalls(SessionStoreFixture fixture)
    {
        var first = new Scenario(fixture, "s-1");
        await SuspendAsync(first, "a", "b").ConfigureAwait(false);
        var second = new Scenario(fixture, "s-2") { Now = first.Now };
        await SuspendAsync(second, "b").ConfigureAwait(false);
        await second.Store.ChangeSessionAsync(second.Key, new() { UserId = "ann" }, second.Now).ConfigureAwait(false);
        var store = fixture.Store;

        var found = Expect.NotNull(await store.FindPendingCallAsync("", "a").ConfigureAwait(false), "The call");
        Expect.Equal((first.Key, Sample.Agent, (string?)null), (found.Session, found.AgentType, found.UserId));
        Expect.True(
            await store.FindPendingCallAsync("tenant", "a").ConfigureAwait(false) is null,
            "another tenant has none"
        );
        var named = await store.GetPendingCallsOfToolCallAsync(second.Key, "b").ConfigureAwait(false);
        Expect.Sequence(["s-2/ann"], named.Select(call => $"{call.Session.SessionId}/{call.UserId}"), "by model's id");
        // An answer changes nothing else of the row, and an unknown id none.
        var decided = named[0] with
        {
            Status = PendingCallStatus.Approved,
            Reason = "fine",
            GrantedUntil = second.Now.AddHours(1),
            OnExpiry = ExpiryOutcome.Error,
            Sensitive = true,
            Workflow = "w",
            InstanceId = "i",
        };
        await second.ApplyAsync(second.Commit() with { PendingCalls = [decided] }).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var kept = Expect.NotNull(
            await fixture.Store.GetPendingCallAsync(second.Key, "b").ConfigureAwait(false),
            "The decided call"
        );
        Expect.Equal(
            decided with
            {
                Arguments = default,
                Response = null,
            },
            kept with
            {
                Arguments = default,
                Response = null,
            }
        );
        Expect.Sequence([], await ListAsync(new() { AgentType = "other" }).ConfigureAwait(false), "other agent");
        Expect.Sequence(["a", "b"], await ListAsync(new() { AgentType = Sample.Agent }).ConfigureAwait(false), "agent");
        Expect.Sequence(["a", "b"], await ListAsync(new() { SessionId = "s-1" }).ConfigureAwait(false), "session");
        Expect.Sequence([], await ListAsync(new() { SessionId = "s-2" }).ConfigureAwait(false), "session, pending");
        Expect.Sequence([], await ListAsync(new() { UserId = "ann" }).ConfigureAwait(false), "user, pending");
        Expect.Sequence(
            ["b"],
            await ListAsync(new() { UserId = "ann", Status = PendingCallStatus.Approved }).ConfigureAwait(false),
            "user, approved"
        );

        async Task<IEnumerable<string>> ListAsync(PendingCallQuery query) =>
            (await fixture.Store.ListPendingCallsAsync(query).ConfigureAwait(false)).Items.Select(call =>
                call.ApprovalId
            );
    }

    private static async Task FindsByTime(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await SuspendAsync(s, "a", "b", "c").ConfigureAwait(false);
        var other = new Scenario(fixture, "s-2", "tenant");
        await SuspendAsync(other, "d").ConfigureAwait(false);
        var calls = await s.Store.GetPendingCallsAsync(s.Key, s.RunId).ConfigureAwait(false);
        var later = (await s.Store.GetPendingCallAsync(other.Key, "d").ConfigureAwait(false))!;
        var end = s.Now.AddHours(1);
        await s.ApplyAsync(
                s.Commit() with
                {
                    PendingCalls =
                    [
                        calls[0] with
                        {
                            Status = PendingCallStatus.Approved,
                            DecidedAt = s.Now,
                            GrantedUntil = end,
                        },
                        calls[1] with
                        {
                            Status = PendingCallStatus.Denied,
                            DecidedAt = s.Now,
                            ExpiresAt = end,
                        },
                        calls[2] with
                        {
                            ExpiresAt = end.AddSeconds(2),
                        },
                    ],
                }
            )
            .ConfigureAwait(false);
        await other
            .ApplyAsync(other.Commit() with { PendingCalls = [later with { ExpiresAt = end }] })
            .ConfigureAwait(false);

        Expect.Sequence(["a"], await GrantsAsync(end.AddSeconds(-1)).ConfigureAwait(false), "grants");
        Expect.Sequence([], await GrantsAsync(end).ConfigureAwait(false), "grants that are over");
        Expect.Sequence([], await ExpiredAsync(end.AddSeconds(-1), 10).ConfigureAwait(false), "not yet");
        Expect.Sequence(["d"], await ExpiredAsync(end, 10).ConfigureAwait(false), "one is over");
        Expect.Sequence(["d", "c"], await ExpiredAsync(end.AddDays(1), 10).ConfigureAwait(false), "both are over");
        Expect.Sequence(["d"], await ExpiredAsync(end.AddDays(1), 1).ConfigureAwait(false), "the first of them");

        async Task<IEnumerable<string>> GrantsAsync(DateTimeOffset at) =>
            (await fixture.Store.ListGrantsAsync(s.Key, at).ConfigureAwait(false)).Select(call => call.ApprovalId);

        async Task<IEnumerable<string>> ExpiredAsync(DateTimeOffset at, int limit) =>
            (await fixture.Store.ListExpiredCallsAsync(at, limit).ConfigureAwait(false)).Select(call =>
                call.ApprovalId
            );
    }

    private static async Task EndsOtherwise(SessionStoreFixture fixture)
    {
        (RunStatus From, RunStatus To, SessionStatus Session, StreamStatus Stream)[] table =
        [
            (RunStatus.SuspendedClientTool, RunStatus.Interrupted, SessionStatus.Interrupted, StreamStatus.Paused),
            (RunStatus.SuspendedAwaitingChildren, RunStatus.Failed, SessionStatus.Failed, StreamStatus.Failed),
            (RunStatus.Interrupted, RunStatus.Failed, SessionStatus.Failed, StreamStatus.Failed),
        ];
        foreach (var row in table)
        {
            var s = new Scenario(fixture, $"s-{row.From}".Replace('_', '-'));
            await s.StartOwnedAsync().ConfigureAwait(false);
            await s.ApplyAsync(s.Flush("a")).ConfigureAwait(false);
            await s.EndAsync(row.From).ConfigureAwait(false);
            var end = Otherwise(s, row.To, row.From);
            var result = await s.ApplyAsync(end).ConfigureAwait(false);

            Expect.Equal(
                (row.To, (long?)2, (DateTimeOffset?)end.At),
                (result.Run!.Status, result.Run.EndSequence, result.Run.EndedAt)
            );
            Expect.Equal(row.Session, (await s.SessionAsync().ConfigureAwait(false)).Status);
            Expect.Equal(new StreamInfo(row.Stream, 1, 2), await s.Store.GetInfoAsync(s.Key).ConfigureAwait(false));
            Expect.Equal(row.To, (await s.CurrentRunAsync().ConfigureAwait(false)).Status);
        }
    }

    private static async Task RefusesOtherEnds(SessionStoreFixture fixture)
    {
        foreach (var status in new[] { RunStatus.Completed, RunStatus.Failed, RunStatus.Interrupted })
        {
            var s = new Scenario(fixture, $"s-{status}");
            await s.StartOwnedAsync().ConfigureAwait(false);
            await s.ExpectAsync(
                    SessionCommitOutcome.RunNotCurrent,
                    Otherwise(s, RunStatus.Failed, RunStatus.Interrupted)
                )
                .ConfigureAwait(false);
            await s.EndAsync(status).ConfigureAwait(false);
            await s.ExpectAsync(
                    SessionCommitOutcome.RunNotCurrent,
                    Otherwise(s, RunStatus.Failed, RunStatus.SuspendedClientTool)
                )
                .ConfigureAwait(false);
        }
    }

    private static async Task RefusesBadTransitions(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var end = Otherwise(s, RunStatus.Failed, RunStatus.Interrupted);
        SessionCommit[] bad =
        [
            end with
            {
                RunChange = end.RunChange! with { From = [RunStatus.Completed] },
            },
            end with
            {
                RunChange = end.RunChange! with { From = [RunStatus.Failed] },
            },
            end with
            {
                RunChange = end.RunChange! with { Status = null },
            },
            end with
            {
                RunChange = end.RunChange! with { Status = RunStatus.Running },
            },
            end with
            {
                Fence = s.Fence,
            },
        ];
        foreach (var commit in bad)
        {
            var refused = await Expect
                .ThrowsAsync<InvalidInputException>(async () => await s.Store.CommitAsync(commit).ConfigureAwait(false))
                .ConfigureAwait(false);
            Expect.Equal("runChange.from", refused.Field);
        }
    }

    private static SessionCommit Otherwise(Scenario s, RunStatus to, RunStatus from) =>
        s.Work() with
        {
            Fence = null,
            Chunks = [Sample.Chunk("end")],
            RunChange = new() { From = [from], Status = to },
        };

    private static async Task SuspendAsync(Scenario s, params string[] approvals)
    {
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(
                s.End(RunStatus.SuspendedClientTool) with
                {
                    Suspension = new()
                    {
                        RunId = s.RunId,
                        Kind = RunStatus.SuspendedClientTool,
                        Step = 1,
                        ToolCallIds = approvals,
                    },
                    PendingCalls =
                    [
                        .. approvals.Select(id => new PendingCallRecord
                        {
                            ApprovalId = id,
                            RunId = s.RunId,
                            ToolCallId = id,
                            ToolName = "send",
                            Kind = "approval",
                            Arguments = "{}"u8.ToArray(),
                            ArgumentsHash = "hash",
                            RequestedAt = s.Now,
                        }),
                    ],
                }
            )
            .ConfigureAwait(false);
    }
}
