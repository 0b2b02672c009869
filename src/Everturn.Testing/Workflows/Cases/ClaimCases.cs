using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Who executes what, and when.</summary>
internal static class ClaimCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("A claim makes the node the owner and bumps owner epoch and claim count", Claims),
            new("Only due instances are claimed, the earliest first, up to the limit", DueFirst),
            new("Instances of workflows that the node does not name wait", UnknownWaits),
            new("Of two nodes that claim at once each instance goes to one", Race),
            new("A dead node claims nothing", DeadNode),
            new("Orphans of dead nodes can be claimed, and their claims add up", Orphans),
            new("A live node's instances are no orphans", NoOrphans),
            new("The next due time is the earliest of the named workflows", NextDue),
            new("A node's own instances are listed with their epochs and last events", Owned),
        ];

    private static async Task Claims(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.CreateAsync().ConfigureAwait(false);
        var claimed = await s.ClaimAsync(node).ConfigureAwait(false);
        var read = (await s.ReadAsync().ConfigureAwait(false)).Record;
        foreach (var record in new[] { claimed.Single(), read })
        {
            Expect.Equal(new Fence(node, 1), record.Fence);
            Expect.Equal((InstanceStatus.Running, 1, null), (record.Status, record.ClaimCount, record.WakeAt));
            Expect.Equal("{}", Scene.Text(record.Params));
        }
    }

    private static async Task DueFirst(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        foreach (var (id, minutes) in new[] { ("late", 30), ("early", 10), ("middle", 20) })
        {
            var owned = await s.CreateOwnedAsync(id).ConfigureAwait(false);
            await s.WaitAsync(owned, Scene.Start.AddMinutes(minutes)).ConfigureAwait(false);
        }

        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        var none = await s.ClaimAsync(node, Scene.Start.AddMinutes(10).AddMilliseconds(-1)).ConfigureAwait(false);
        Expect.Equal(0, none.Count);
        var two = await s.ClaimAsync(node, Scene.Start.AddMinutes(30), limit: 2).ConfigureAwait(false);
        Expect.Sequence([new("early"), new("middle")], two.Select(record => record.Key.Id));
        var rest = await s.ClaimAsync(node, Scene.Start.AddMinutes(30)).ConfigureAwait(false);
        Expect.Sequence(["late"], rest.Select(record => record.Key.Id));
    }

    private static async Task UnknownWaits(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.CreateAsync().ConfigureAwait(false);
        var claimed = await s
            .Store.ClaimAsync(new ClaimRequest(node, [new("other")], Scene.Start, 10))
            .ConfigureAwait(false);
        Expect.Equal(0, claimed.Count);
        Expect.Equal(InstanceStatus.Queued, (await s.ReadAsync().ConfigureAwait(false)).Record.Status);
    }

    private static async Task Race(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        for (var i = 0; i < 20; i++)
        {
            await s.CreateAsync($"i-{i}").ConfigureAwait(false);
        }

        var nodes = new[]
        {
            await fixture.AddNodeAsync().ConfigureAwait(false),
            await fixture.AddNodeAsync().ConfigureAwait(false),
        };
        var claimed = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(i => Task.Run(() => s.ClaimAsync(nodes[i % 2], limit: 3)))
            )
            .ConfigureAwait(false);
        var ids = claimed.SelectMany(records => records).Select(record => record.Key.Id).ToList();
        Expect.Equal((20, 20), (ids.Count, ids.Distinct().Count()));
    }

    private static async Task DeadNode(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.CreateAsync().ConfigureAwait(false);
        await fixture.FenceNodeAsync(node).ConfigureAwait(false);
        await Expect
            .ThrowsAsync<OwnershipLostException, IReadOnlyList<InstanceRecord>>(async () =>
                await s.ClaimAsync(node).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    private static async Task Orphans(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var first = await fixture.AddNodeAsync().ConfigureAwait(false);
        var second = await fixture.AddNodeAsync().ConfigureAwait(false);
        var owned = await s.CreateAsync(owner: first).ConfigureAwait(false);
        await fixture.FenceNodeAsync(first).ConfigureAwait(false);
        Expect.Equal(1, await s.Store.ReleaseOrphansAsync(Scene.Start).ConfigureAwait(false));
        Expect.Equal(0, await s.Store.ReleaseOrphansAsync(Scene.Start).ConfigureAwait(false));
        var taken = (await s.ClaimAsync(second).ConfigureAwait(false)).Single();
        Expect.Equal((new Fence(second, 2), 2), (taken.Fence, taken.ClaimCount));
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence)).ConfigureAwait(false);
    }

    private static async Task NoOrphans(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.CreateOwnedAsync().ConfigureAwait(false);
        Expect.Equal(0, await s.Store.ReleaseOrphansAsync(Scene.Start).ConfigureAwait(false));
    }

    private static async Task NextDue(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        Expect.Equal(null, await s.Store.NextDueAsync([new(Scene.Workflow)]).ConfigureAwait(false));
        foreach (var (id, hours) in new[] { ("a", 2), ("b", 1) })
        {
            await s.WaitAsync(await s.CreateOwnedAsync(id).ConfigureAwait(false), Scene.Start.AddHours(hours))
                .ConfigureAwait(false);
        }

        await s.WaitAsync(await s.CreateOwnedAsync("forever").ConfigureAwait(false), null).ConfigureAwait(false);
        Expect.Equal(
            Scene.Start.AddHours(1),
            await s.Store.NextDueAsync([new(Scene.Workflow), new("other")]).ConfigureAwait(false)
        );
        Expect.Equal(null, await s.Store.NextDueAsync([new("other")]).ConfigureAwait(false));
        Expect.Equal(null, await s.Store.NextDueAsync([]).ConfigureAwait(false));
    }

    private static async Task Owned(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.CreateAsync("mine", node).ConfigureAwait(false);
        await s.CreateOwnedAsync("other").ConfigureAwait(false);
        await s.CreateAsync("nobody's").ConfigureAwait(false);
        await s.SendAsync("e", id: "mine").ConfigureAwait(false);
        Expect.Sequence(
            [new OwnedInstance(Scene.Key("mine"), 1, 1, InstanceStatus.Running, false)],
            await s.Store.ReadOwnedAsync(node).ConfigureAwait(false)
        );
    }
}
