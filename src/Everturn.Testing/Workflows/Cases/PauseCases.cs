using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Pause and resume.</summary>
internal static class PauseCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("Pause of an instance that nobody owns takes effect at once", PausesUnowned),
            new("Pause of an owned instance takes effect when its owner gives it up", PausesOwned),
            new("A pause that was taken back does not happen", TakenBack),
            new("Resume moves what is pending by the length of the pause and queues", Resumes),
            new("An orphan that is to be paused is paused", PausesOrphan),
            new("An instance can be paused with an error, which resume removes", PausesWithError),
            new("An event for a paused instance is kept and wakes nobody", KeepsEvents),
        ];

    private static async Task PausesUnowned(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.WaitAsync(owned, Scene.Start).ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start.AddMinutes(1)).ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start.AddMinutes(2)).ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal(
            (InstanceStatus.Paused, Scene.Start.AddMinutes(1), null),
            (record.Status, record.PausedAt, record.WakeAt)
        );
        Expect.Equal(0, (await s.ClaimAsync(owned.Owner!.Value, Scene.Start.AddDays(1)).ConfigureAwait(false)).Count);
    }

    private static async Task PausesOwned(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        Expect.Equal(
            InstanceStatus.WaitingForPause,
            (await s.Store.ReadOwnedAsync(owned.Owner!.Value).ConfigureAwait(false)).Single().Status
        );
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Waiting,
                    Release = true,
                    At = Scene.Start.AddMinutes(3),
                    WakeAt = Scene.Start,
                }
            )
            .ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal(
            (InstanceStatus.Paused, Scene.Start.AddMinutes(3), null, null),
            (record.Status, record.PausedAt, record.WakeAt, record.Owner)
        );
    }

    private static async Task TakenBack(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        await s.Store.ResumeAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Paused,
                    Release = true,
                    At = Scene.Start,
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(InstanceStatus.Queued, (await s.ReadAsync().ConfigureAwait(false)).Record.Status);
        Expect.Equal(1, (await s.ClaimAsync(owned.Owner!.Value).ConfigureAwait(false)).Count);
    }

    private static async Task Resumes(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var sleep = new JournalRecord(new JournalKey(JournalKind.Sleep, "nap", 1))
        {
            DueAt = Scene.Start.AddHours(1),
            StartedAt = Scene.Start,
        };
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [sleep, Scene.Done("a", 1)] })
            .ConfigureAwait(false);
        await s.WaitAsync(owned, Scene.Start.AddHours(1)).ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        await s.Store.ResumeAsync(owned.Key, Scene.Start.AddMinutes(10)).ConfigureAwait(false);
        var (record, journal, _) = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal(
            (InstanceStatus.Queued, null, Scene.Start.AddMinutes(10)),
            (record.Status, record.PausedAt, record.WakeAt)
        );
        Expect.Equal(Scene.Start.AddMinutes(70), journal.Single(one => one.Key.Kind == JournalKind.Sleep).DueAt);
    }

    private static async Task PausesOrphan(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        await fixture.FenceNodeAsync(owned.Owner!.Value).ConfigureAwait(false);
        Expect.Equal(1, await s.Store.ReleaseOrphansAsync(Scene.Start.AddMinutes(1)).ConfigureAwait(false));
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal(
            (InstanceStatus.Paused, Scene.Start.AddMinutes(1), null),
            (record.Status, record.PausedAt, record.WakeAt)
        );
    }

    private static async Task PausesWithError(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var error = new InstanceError("Odd", "does not fit");
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Paused,
                    Error = error,
                    Release = true,
                    At = Scene.Start,
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(error, (await s.ReadAsync().ConfigureAwait(false)).Record.Error);
        await s.Store.ResumeAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        Expect.Equal(null, (await s.ReadAsync().ConfigureAwait(false)).Record.Error);
    }

    private static async Task KeepsEvents(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.WaitAsync(owned, null).ConfigureAwait(false);
        await s.Store.PauseAsync(owned.Key, Scene.Start).ConfigureAwait(false);
        await s.SendAsync("a").ConfigureAwait(false);
        var (record, _, events) = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal((InstanceStatus.Paused, null, 1), (record.Status, record.WakeAt, events.Count));
    }
}
