using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Events, and the instances that wait for them.</summary>
internal static class EventCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("Events are numbered from 1 and read back in order", ReadsBack),
            new("A consumed event is gone, and its number is not used again", Consumed),
            new("An event makes a waiting instance claimable at once", WakesWaiting),
            new("An event does not make an owned instance claimable", OwnedStays),
            new("An event that the owner did not see when it released wakes the instance", Unseen),
            new("An event that the owner saw does not wake the instance again", Seen),
            new("100 concurrent events are all kept, each with its own number", Concurrent),
            new("An event to an ended or unknown instance is refused", Refused),
        ];

    private static async Task ReadsBack(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.CreateOwnedAsync().ConfigureAwait(false);
        Expect.Equal(1, await s.SendAsync("a", "\"x\"").ConfigureAwait(false));
        Expect.Equal(2, await s.SendAsync("b", "\"y\"").ConfigureAwait(false));
        await fixture.ReopenAsync().ConfigureAwait(false);
        var (record, _, events) = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal(2, record.LastEvent);
        Expect.Sequence(
            [(1L, "a", "\"x\"", Scene.Start), (2L, "b", "\"y\"", Scene.Start)],
            events.Select(stored => (stored.Sequence, stored.Type, Scene.Text(stored.Payload), stored.SentAt))
        );
    }

    private static async Task Consumed(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Records = [Scene.Done("w1", 1), Scene.Done("w2", 2)],
                    ConsumedEvents = [1, 2],
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(0, (await s.ReadAsync().ConfigureAwait(false)).Events.Count);
        Expect.Equal(3, await s.SendAsync("a").ConfigureAwait(false));
    }

    private static async Task WakesWaiting(WorkflowStoreFixture fixture)
    {
        foreach (var wakeAt in new DateTimeOffset?[] { null, Scene.Start.AddDays(1) })
        {
            var s = new Scene(fixture);
            var id = wakeAt is null ? "forever" : "day";
            var owned = await s.CreateOwnedAsync(id).ConfigureAwait(false);
            await s.WaitAsync(owned, wakeAt).ConfigureAwait(false);
            Expect.Equal(0, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
            await s.SendAsync("a", id: id).ConfigureAwait(false);
            var claimed = await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false);
            Expect.Equal(id, claimed.Single().Key.Id);
        }
    }

    private static async Task OwnedStays(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        Expect.Equal(0, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
    }

    private static async Task Unseen(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        await s.WaitAsync(owned, Scene.Start.AddDays(1), seenEvents: 1).ConfigureAwait(false);
        Expect.Equal(1, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
    }

    private static async Task Seen(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        await s.WaitAsync(owned, Scene.Start.AddDays(1), seenEvents: 1).ConfigureAwait(false);
        Expect.Equal(0, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
    }

    private static async Task Concurrent(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.CreateOwnedAsync().ConfigureAwait(false);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => s.SendAsync("a"))))
            .ConfigureAwait(false);
        Expect.Sequence(Enumerable.Range(1, 100).Select(number => (long)number), numbers.Order());
        Expect.Equal(100, (await s.ReadAsync().ConfigureAwait(false)).Events.Count);
    }

    private static async Task Refused(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.EndAsync(await s.CreateOwnedAsync().ConfigureAwait(false)).ConfigureAwait(false);
        var refused = await Expect
            .ThrowsAsync<InstanceFinishedException, long>(async () => await s.SendAsync("a").ConfigureAwait(false))
            .ConfigureAwait(false);
        Expect.Equal(InstanceStatus.Complete, refused.Status);
        await Expect
            .ThrowsAsync<InstanceNotFoundException, long>(async () =>
                await s.SendAsync("a", id: "nobody").ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }
}
