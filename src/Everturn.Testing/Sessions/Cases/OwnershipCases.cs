using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions.Cases;

/// <summary>Claims, fences, and nodes that lost their place.</summary>
internal static class OwnershipCases
{
    public static IEnumerable<SessionStoreCase> All =>
        [
            new("A claim makes a node the owner and bumps owner epoch and claim count", ClaimBumps),
            new("After a takeover the former owner writes nothing", FormerOwnerIsFenced),
            new("A node that was declared dead writes, claims and starts nothing", DeadNodeIsFenced),
            new("Any progress of the owner resets the claim count, a claim never", ProgressResetsClaims),
            new("A commit without a fence needs no owner", NoFenceNoOwner),
            new("Running runs are listed by runtime and by owner, oldest first", ListsRunning),
        ];

    private static async Task ClaimBumps(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var run = await s.StartAsync().ConfigureAwait(false);
        var one = await fixture.AddNodeAsync().ConfigureAwait(false);
        var two = await fixture.AddNodeAsync().ConfigureAwait(false);
        var first = s.Commit(CommitKind.RunClaim) with { RunId = run.RunId, Claim = one };
        var claimed = (await s.ApplyAsync(first).ConfigureAwait(false)).Run!;
        Expect.Equal(
            (new Fence(one, 1), 1, first.At),
            (claimed.Owner!.Value, claimed.ClaimCount, claimed.StartedAt!.Value)
        );
        var second = s.Commit(CommitKind.RunClaim) with { RunId = run.RunId, Claim = two };
        await s.ApplyAsync(second).ConfigureAwait(false);
        var taken = await s.CurrentRunAsync().ConfigureAwait(false);
        Expect.Equal((new Fence(two, 2), 2, first.At), (taken.Owner!.Value, taken.ClaimCount, taken.StartedAt!.Value));
    }

    private static async Task FormerOwnerIsFenced(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        var late = s.Step("late") with { Messages = [AgentMessage.FromUser("late")] };
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Commit(CommitKind.RunClaim) with { RunId = s.RunId, Claim = node }).ConfigureAwait(false);
        var before = await s.DumpAsync().ConfigureAwait(false);
        await LostAsync(s, late).ConfigureAwait(false);
        await LostAsync(s, late with { Fence = s.Fence!.Value with { OwnerEpoch = 1 } }).ConfigureAwait(false);
        await LostAsync(s, late with { Fence = s.Fence!.Value with { OwnerEpoch = 3 } }).ConfigureAwait(false);
        Expect.SameLines(before, await s.DumpAsync().ConfigureAwait(false), "After the former owner's commits");
        await s.ApplyAsync(s.Flush("a")).ConfigureAwait(false);
    }

    private static async Task DeadNodeIsFenced(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        var other = new Scenario(fixture, "s-2");
        await other.StartAsync().ConfigureAwait(false);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.StartAsync(node).ConfigureAwait(false);
        await fixture.FenceNodeAsync(node).ConfigureAwait(false);
        var before = await StoreDump.ReadAsync(s.Store, [s.Key, other.Key]).ConfigureAwait(false);
        await LostAsync(s, s.Flush("late")).ConfigureAwait(false);
        await LostAsync(s, s.End(RunStatus.Completed)).ConfigureAwait(false);
        await LostAsync(s, s.Commit() with { RunId = s.RunId, Claim = node }).ConfigureAwait(false);
        await LostAsync(s, other.Commit() with { RunId = other.RunId, Claim = node }).ConfigureAwait(false);
        await LostAsync(s, new Scenario(fixture, "s-3").Start(owner: node)).ConfigureAwait(false);
        await LostAsync(s, s.Flush("x") with { Fence = new Fence(new("nobody", 1), 1) }).ConfigureAwait(false);
        Expect.SameLines(
            before,
            await StoreDump.ReadAsync(s.Store, [s.Key, other.Key]).ConfigureAwait(false),
            "After commits of a dead node"
        );
        Expect.True(
            await s.Store.GetSessionAsync(new SessionKey("s-3")).ConfigureAwait(false) is null,
            "a dead node creates no session"
        );
        await s.ApplyAsync(
                s.Commit() with
                {
                    RunId = s.RunId,
                    Claim = await fixture.AddNodeAsync().ConfigureAwait(false),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task ProgressResetsClaims(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        Func<SessionCommit>[] progress =
        [
            () => s.Flush("a"),
            () => s.Work() with { Messages = [AgentMessage.FromUser("b")] },
            () => s.Work() with { ToolCalls = [Sample.ToolCall(s.RunId, 1, 0, ToolCallStatus.Pending)] },
            () => s.Step(),
        ];
        foreach (var commit in progress)
        {
            var claim = s.Commit(CommitKind.RunClaim) with
            {
                RunId = s.RunId,
                Claim = await fixture.AddNodeAsync().ConfigureAwait(false),
                Chunks = [Sample.Chunk("discarded")],
            };
            await s.ApplyAsync(claim).ConfigureAwait(false);
            Expect.True((await s.CurrentRunAsync().ConfigureAwait(false)).ClaimCount > 0, "a claim counts");
            await s.ApplyAsync(s.Work() with { Usage = [Sample.Tokens($"u-{s.Now:O}", s.RunId, s.Now, 1, 1)] })
                .ConfigureAwait(false);
            Expect.True((await s.CurrentRunAsync().ConfigureAwait(false)).ClaimCount > 0, "usage alone is no progress");
            await s.ApplyAsync(commit()).ConfigureAwait(false);
            Expect.Equal(0, (await s.CurrentRunAsync().ConfigureAwait(false)).ClaimCount);
        }
    }

    private static async Task NoFenceNoOwner(SessionStoreFixture fixture)
    {
        var s = new Scenario(fixture);
        await s.StartOwnedAsync().ConfigureAwait(false);
        await s.ApplyAsync(s.Flush("host lost") with { Fence = null }).ConfigureAwait(false);
        Expect.Equal(1, (await s.CurrentRunAsync().ConfigureAwait(false)).ClaimCount);
        await s.ApplyAsync(s.End(RunStatus.Interrupted) with { Fence = null }).ConfigureAwait(false);
    }

    private static async Task ListsRunning(SessionStoreFixture fixture)
    {
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        var other = await fixture.AddNodeAsync().ConfigureAwait(false);
        Scenario[] sessions =
        [
            new(fixture, "s-0"),
            new(fixture, "s-1"),
            new(fixture, "s-2", "tenant"),
            new(fixture, "s-3"),
            new(fixture, "s-4"),
        ];
        for (var number = 0; number < sessions.Length; number++)
        {
            sessions[number].Now = sessions[number].Now.AddMinutes(-number);
            await sessions[number].StartAsync(number % 2 == 0 ? node : other).ConfigureAwait(false);
        }

        await sessions[4].EndAsync(RunStatus.SuspendedClientTool).ConfigureAwait(false);
        var inProcess = new Scenario(fixture, "s-5");
        var start = inProcess.Start(owner: node);
        await inProcess
            .ApplyAsync(start with { NewRun = start.NewRun! with { Runtime = "in-process" } })
            .ConfigureAwait(false);

        Expect.Sequence(["s-3", "s-2", "s-1", "s-0"], await ListAsync(Sample.Runtime, null).ConfigureAwait(false));
        Expect.Sequence(["s-2", "s-0"], await ListAsync(Sample.Runtime, node).ConfigureAwait(false));
        Expect.Sequence([], await ListAsync(Sample.Runtime, node with { Epoch = 2 }).ConfigureAwait(false));
        Expect.Sequence(["s-5"], await ListAsync("in-process", null).ConfigureAwait(false));

        async Task<IEnumerable<string>> ListAsync(string runtime, NodeIdentity? owner)
        {
            var runs = await StoreDump
                .AllAsync(page => fixture.Store.ListRunningAsync(runtime, owner, page), pageSize: 1)
                .ConfigureAwait(false);
            return runs.Select(run => run.Session.SessionId);
        }
    }

    private static Task<OwnershipLostException> LostAsync(Scenario s, SessionCommit commit) =>
        Expect.ThrowsAsync<OwnershipLostException, SessionCommitResult>(() => s.Store.CommitAsync(commit));
}
