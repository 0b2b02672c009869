using Everturn.Sessions;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>What instances ask somebody outside for.</summary>
internal static class CallCases
{
    private static readonly NewEvent Outcome = new(Scene.Key(), "call:c-1", Scene.Json("\"yes\""), Scene.Start);

    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("A call is stored with the commit of its step and read back", ReadsBack),
            new("A refused commit leaves no call", Refused),
            new("Calls are listed by when they were asked, page by page", Lists),
            new("The outcome of a call is stored once, and wakes its instance", Decides),
            new("Of concurrent outcomes one is stored", DecidesOnce),
            new("A call of a paused instance is decided, and the instance stays paused", Paused),
            new("What an instance waits for is withdrawn when it ends or is terminated", Withdraws),
            new("A restart withdraws calls of the steps that it forgets, and no others", Restarts),
            new("A restart lets calls wait again whose steps it keeps", Reopens),
            new("A pause does not move the due time of a call's step", KeepsDeadline),
            new("A deleted instance takes its calls along", Deletes),
            new("Calls go with their instance when its retention is over", Sweeps),
        ];

    private static async Task ReadsBack(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var asked = Call("c-1") with
        {
            UserId = "ann",
            // Too large for a row.
            Arguments = Scene.Json($$"""{"a":"{{new string('x', 40_000)}}"}""").Data,
            AnswerSchema = Scene.Json("true").Data,
            ExpiresAt = Scene.Start.AddDays(1),
            Sensitive = true,
        };
        await AskAsync(s, owned, asked).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var found = Expect.NotNull(await s.Store.FindCallAsync("", "c-1").ConfigureAwait(false));
        Expect.Equal(Shape(asked), Shape(found));
        Expect.Equal(null, await s.Store.FindCallAsync("", "c-2").ConfigureAwait(false));
        Expect.Equal(null, await s.Store.FindCallAsync("other", "c-1").ConfigureAwait(false));
    }

    private static async Task Refused(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.Store.TerminateAsync(new(owned.Key, Scene.Start)).ConfigureAwait(false);
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence) { Calls = [Call("c-1")] }).ConfigureAwait(false);
        Expect.Equal(null, await s.Store.FindCallAsync("", "c-1").ConfigureAwait(false));
    }

    private static async Task Lists(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var calls = Enumerable
            .Range(0, 5)
            .Select(i =>
                Call($"c-{i}") with
                {
                    // Two at a time.
                    RequestedAt = Scene.Start.AddSeconds(4 - (i / 2)),
                    UserId = i == 0 ? "ann" : null,
                }
            )
            .ToArray();
        await AskAsync(s, owned, calls).ConfigureAwait(false);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await s.Store.ListCallsAsync(new() { Page = new(2, cursor) }).ConfigureAwait(false);
            seen.AddRange(page.Items.Select(call => call.ApprovalId));
            cursor = page.NextCursor;
        } while (cursor is not null);
        Expect.Sequence(["c-4", "c-2", "c-3", "c-0", "c-1"], seen);
        Expect.Sequence(["c-0"], await IdsAsync(s, new() { UserId = "ann" }).ConfigureAwait(false));
        Expect.Equal(5, (await IdsAsync(s, new() { Workflow = Scene.Workflow }).ConfigureAwait(false)).Count);
        foreach (
            var none in new PendingCallQuery[]
            {
                new() { Workflow = "other" },
                new() { AgentType = "clerk" },
                new() { SessionId = "s" },
                new() { Status = PendingCallStatus.Approved },
                new() { Tenant = "other" },
            }
        )
        {
            Expect.Equal(0, (await IdsAsync(s, none).ConfigureAwait(false)).Count);
        }

        // A place in a list of sessions' calls comes after all calls of instances of the same time.
        var after = new PageCursor(Scene.Start.AddSeconds(3).ToUnixTimeMilliseconds(), "session\nx").ToString();
        Expect.Sequence(["c-0", "c-1"], await IdsAsync(s, new() { Page = new(9, after) }).ConfigureAwait(false));
    }

    private static async Task Decides(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1")).ConfigureAwait(false);
        await s.WaitAsync(owned, null).ConfigureAwait(false);
        var decided = Decided(Call("c-1"), "ann");
        Expect.Equal(true, await s.Store.DecideCallAsync(decided, Outcome).ConfigureAwait(false));
        Expect.Equal(false, await s.Store.DecideCallAsync(Decided(Call("c-1"), "bob"), Outcome).ConfigureAwait(false));
        Expect.Equal(false, await s.Store.DecideCallAsync(Decided(Call("c-2"), "bob"), Outcome).ConfigureAwait(false));
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(
            Shape(decided),
            Shape(Expect.NotNull(await s.Store.FindCallAsync("", "c-1").ConfigureAwait(false)))
        );
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        Expect.Equal(1, (await s.ClaimAsync(node).ConfigureAwait(false)).Count);
        var stored = (await s.ReadAsync().ConfigureAwait(false)).Events.Single();
        Expect.Equal(("call:c-1", "\"yes\""), (stored.Type, Scene.Text(stored.Payload)));
    }

    private static async Task DecidesOnce(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1")).ConfigureAwait(false);
        var stored = await Task.WhenAll(
                Enumerable
                    .Range(0, 50)
                    .Select(i =>
                        Task.Run(async () =>
                            await s.Store.DecideCallAsync(Decided(Call("c-1"), $"{i}"), Outcome).ConfigureAwait(false)
                        )
                    )
            )
            .ConfigureAwait(false);
        Expect.Equal(1, stored.Count(isStored => isStored));
        Expect.Equal(1, (await s.ReadAsync().ConfigureAwait(false)).Events.Count);
    }

    private static async Task Paused(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1")).ConfigureAwait(false);
        await s.WaitAsync(owned, null).ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        Expect.Equal(true, await s.Store.DecideCallAsync(Decided(Call("c-1"), "ann"), Outcome).ConfigureAwait(false));
        Expect.Equal(InstanceStatus.Paused, (await s.ReadAsync().ConfigureAwait(false)).Record.Status);
        Expect.Equal(0, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
        await s.Store.ResumeAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        Expect.Equal(1, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
        Expect.Equal(1, (await s.ReadAsync().ConfigureAwait(false)).Events.Count);
    }

    private static async Task Withdraws(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var ends = await s.CreateOwnedAsync().ConfigureAwait(false);
        var terminated = await s.CreateOwnedAsync("i-2").ConfigureAwait(false);
        await AskAsync(s, ends, Call("c-1"), Call("c-2")).ConfigureAwait(false);
        await AskAsync(s, terminated, Call("c-3", "i-2")).ConfigureAwait(false);
        await s.Store.DecideCallAsync(Decided(Call("c-1"), "ann"), Outcome).ConfigureAwait(false);
        await s.EndAsync(ends).ConfigureAwait(false);
        await s.Store.TerminateAsync(new(terminated.Key, Scene.Start.AddSeconds(2))).ConfigureAwait(false);
        Expect.Sequence(
            ["c-1"],
            await IdsAsync(s, new() { Status = PendingCallStatus.Approved }).ConfigureAwait(false)
        );
        var withdrawn = (
            await s.Store.ListCallsAsync(new() { Status = PendingCallStatus.Withdrawn }).ConfigureAwait(false)
        ).Items;
        Expect.Sequence(
            [("c-2", (DateTimeOffset?)Scene.Start.AddSeconds(2)), ("c-3", Scene.Start.AddSeconds(2))],
            withdrawn.Select(call => (call.ApprovalId, call.DecidedAt))
        );
        Expect.Equal(false, await s.Store.DecideCallAsync(Decided(Call("c-2"), "bob"), Outcome).ConfigureAwait(false));
    }

    private static async Task Restarts(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1"), Call("c-2"), Call("c-3")).ConfigureAwait(false);
        await s.Store.DecideCallAsync(Decided(Call("c-3"), "ann"), Outcome).ConfigureAwait(false);
        var at = Scene.Start.AddHours(1);
        await s
            .Store.RestartAsync(new(owned.Key, at) { From = new JournalKey(JournalKind.Approval, "c-2", 1) })
            .ConfigureAwait(false);
        Expect.Sequence(["c-1"], await IdsAsync(s, new()).ConfigureAwait(false));
        Expect.Sequence(
            ["c-2"],
            await IdsAsync(s, new() { Status = PendingCallStatus.Withdrawn }).ConfigureAwait(false)
        );
        Expect.Sequence(
            ["c-3"],
            await IdsAsync(s, new() { Status = PendingCallStatus.Approved }).ConfigureAwait(false)
        );
        await s.Store.RestartAsync(new(owned.Key, at)).ConfigureAwait(false);
        Expect.Equal(0, (await IdsAsync(s, new()).ConfigureAwait(false)).Count);
    }

    private static async Task Reopens(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1"), Call("c-2")).ConfigureAwait(false);
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Records = [Scene.Done("later", 1) with { StartOrder = 3 }],
                }
            )
            .ConfigureAwait(false);
        await s.Store.DecideCallAsync(Decided(Call("c-2"), "ann"), Outcome).ConfigureAwait(false);
        await s.EndAsync(owned).ConfigureAwait(false);
        await s
            .Store.RestartAsync(
                new(owned.Key, Scene.Start.AddHours(1)) { From = new JournalKey(JournalKind.Do, "later", 1) }
            )
            .ConfigureAwait(false);
        var open = Expect.NotNull(await s.Store.FindCallAsync("", "c-1").ConfigureAwait(false));
        Expect.Equal((PendingCallStatus.Pending, null), (open.Status, open.DecidedAt));
        var decided = Expect.NotNull(await s.Store.FindCallAsync("", "c-2").ConfigureAwait(false));
        Expect.Equal((PendingCallStatus.Approved, "ann"), (decided.Status, decided.DecidedBy));
        Expect.Equal(true, await s.Store.DecideCallAsync(Decided(Call("c-1"), "bob"), Outcome).ConfigureAwait(false));
    }

    private static async Task KeepsDeadline(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1") with { ExpiresAt = Scene.Start.AddDays(1) }).ConfigureAwait(false);
        await s.WaitAsync(owned, Scene.Start.AddDays(1)).ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        await s.Store.ResumeAsync(owned.Key, Scene.Start.AddHours(1)).ConfigureAwait(false);
        Expect.Equal(Scene.Start.AddDays(1), (await s.ReadAsync().ConfigureAwait(false)).Journal.Single().DueAt);
    }

    private static async Task Deletes(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1")).ConfigureAwait(false);
        await s.Store.DeleteAsync(owned.Key).ConfigureAwait(false);
        Expect.Equal(null, await s.Store.FindCallAsync("", "c-1").ConfigureAwait(false));
        // Its id can be used again, and so can the ids of its calls.
        await AskAsync(s, await s.CreateOwnedAsync().ConfigureAwait(false), Call("c-1")).ConfigureAwait(false);
        Expect.Sequence(["c-1"], await IdsAsync(s, new()).ConfigureAwait(false));
    }

    private static async Task Sweeps(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await AskAsync(s, owned, Call("c-1")).ConfigureAwait(false);
        await s
            .Store.TerminateAsync(new(owned.Key, Scene.Start) { ExpiresAt = Scene.Start.AddDays(1) })
            .ConfigureAwait(false);
        Expect.Equal(1, await s.Store.SweepAsync(Scene.Start.AddDays(1), 10).ConfigureAwait(false));
        Expect.Equal(null, await s.Store.FindCallAsync("", "c-1").ConfigureAwait(false));
    }

    private static async Task AskAsync(Scene s, InstanceRecord owned, params PendingCallRecord[] calls) =>
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Records =
                    [
                        .. calls.Select(
                            (call, i) =>
                                new JournalRecord(new JournalKey(JournalKind.Approval, call.ApprovalId, 1))
                                {
                                    EventType = $"call:{call.ApprovalId}",
                                    DueAt = call.ExpiresAt,
                                    StartedAt = Scene.Start,
                                    StartOrder = i + 1,
                                }
                        ),
                    ],
                    Calls = calls,
                }
            )
            .ConfigureAwait(false);

    private static PendingCallRecord Call(string id, string instance = "i-1") =>
        new()
        {
            ApprovalId = id,
            RunId = "",
            Workflow = Scene.Workflow,
            InstanceId = instance,
            Kind = PendingCallKind.Approval,
            ToolCallId = $"{id}-1",
            ToolName = "refund",
            Arguments = Scene.Json("{}").Data,
            ArgumentsHash = "hash",
            OnExpiry = ExpiryOutcome.Expire,
            RequestedAt = Scene.Start,
            Session = new(""),
        };

    private static PendingCallRecord Decided(PendingCallRecord call, string by) =>
        call with
        {
            Status = PendingCallStatus.Approved,
            DecidedAt = Scene.Start.AddMinutes(1),
            DecidedBy = by,
            Reason = "why not",
            Response = Scene.Json("""{"kind":"approve"}""").Data,
        };

    private static async Task<IReadOnlyList<string>> IdsAsync(Scene s, PendingCallQuery query) =>
        [.. (await s.Store.ListCallsAsync(query).ConfigureAwait(false)).Items.Select(call => call.ApprovalId)];

    /// <summary>All of a call, with content as text so that it compares.</summary>
    private static string Shape(PendingCallRecord call) =>
        $"{call with { Arguments = default, AnswerSchema = null, Response = null }} {Text(call.Arguments)} "
        + $"{Text(call.AnswerSchema)} {Text(call.Response)}";

    private static string Text(ReadOnlyMemory<byte>? json) =>
        json is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes.Span) : "-";
}
