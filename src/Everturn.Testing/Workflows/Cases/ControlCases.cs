using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Terminate and delete.</summary>
internal static class ControlCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("Terminate takes the instance from its owner and clears events and wake time", Terminates),
            new("Terminate of an ended or unknown instance is refused", TerminateRefused),
            new("Delete removes everything, takes the instance from its owner and frees the id", Deletes),
        ];

    private static async Task Terminates(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var waiting = await s.CreateOwnedAsync("waiting").ConfigureAwait(false);
        await s.WaitAsync(waiting, Scene.Start).ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        foreach (var id in new[] { "i-1", "waiting" })
        {
            await s.Store.TerminateAsync(new(Scene.Key(id), Scene.Start.AddMinutes(1))).ConfigureAwait(false);
            var (record, _, events) = await s.ReadAsync(id).ConfigureAwait(false);
            Expect.Equal(
                (InstanceStatus.Terminated, Scene.Start.AddMinutes(1), null, null, 0),
                (record.Status, record.EndedAt, record.Owner, record.WakeAt, events.Count)
            );
        }

        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [Scene.Done("a", 1)] })
            .ConfigureAwait(false);
        Expect.Equal(0, (await s.ClaimAsync(owned.Owner!.Value, Scene.Start.AddDays(1)).ConfigureAwait(false)).Count);
    }

    private static async Task TerminateRefused(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.EndAsync(await s.CreateOwnedAsync().ConfigureAwait(false)).ConfigureAwait(false);
        var refused = await Expect
            .ThrowsAsync<InstanceFinishedException>(() => s.Store.TerminateAsync(new(Scene.Key(), Scene.Start)))
            .ConfigureAwait(false);
        Expect.Equal(StoreMessages.CannotTerminate, refused.Message);
        await Expect
            .ThrowsAsync<InstanceNotFoundException>(() => s.Store.TerminateAsync(new(Scene.Key("nobody"), Scene.Start)))
            .ConfigureAwait(false);
    }

    private static async Task Deletes(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [Scene.Done("a", 1)] })
            .ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        await s.Store.DeleteAsync(owned.Key).ConfigureAwait(false);
        Expect.Equal(null, await s.Store.FindAsync(owned.Key).ConfigureAwait(false));
        Expect.Equal(null, await s.Store.ReadAsync(owned.Key).ConfigureAwait(false));
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence)).ConfigureAwait(false);
        await Expect.ThrowsAsync<InstanceNotFoundException>(() => s.Store.DeleteAsync(owned.Key)).ConfigureAwait(false);
        await s.CreateAsync().ConfigureAwait(false);
        var fresh = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal((0, 0, 0L), (fresh.Journal.Count, fresh.Events.Count, fresh.Record.LastEvent));
    }
}
