using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Batches, schedules, parents, limits, versions, retention.</summary>
internal static class OriginCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("A batch creates in order and skips what exists or repeats", Batch),
            new("Where an instance comes from reads back", Origin),
            new("A firing creates once, and earlier times create nothing any more", Firing),
            new("A limit counts what is owned, and takes the earliest first", Limit),
            new("Instances of a version that the node does not know are not claimed", Version),
            new("Expired instances are removed, others stay", Sweep),
            new("An end tells its receiver in the same commit, if that has not ended", Notifies),
            new("Counts are by status", Counts),
        ];

    private static async Task Batch(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.CreateAsync("old").ConfigureAwait(false);
        string[] ids = ["b", "old", "a", "b"];
        var created = await s
            .Store.CreateBatchAsync([
                .. ids.Select(id => new NewInstance(Scene.Key(id), Scene.Json($"\"{id}\""), Scene.Start)),
            ])
            .ConfigureAwait(false);
        Expect.Sequence(["b", "a"], created.Select(record => record.Key.Id));
        Expect.Equal("{}", Scene.Text((await s.ReadAsync("old").ConfigureAwait(false)).Record.Params));
    }

    private static async Task Origin(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var origin = new InstanceOrigin
        {
            Schedule = new("* * * * *", Scene.Start),
            Parent = new("t", "w", "p"),
            ParentEvent = "child:x",
            Retention = new() { Success = null, Error = TimeSpan.FromHours(2) },
            Trace = "00-1-2-01",
        };
        await s
            .Store.CreateAsync(
                new NewInstance(Scene.Key(), Scene.Json("{}"), Scene.Start) { Origin = origin, DefinitionVersion = 3 }
            )
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal((origin, 3, null), (record.Origin, record.DefinitionVersion, record.StartedAt));
    }

    private static async Task Firing(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        Expect.Equal(null, await s.Store.LastFiringAsync(Scene.Workflow, "c").ConfigureAwait(false));
        Expect.Equal(true, await FireAsync(1).ConfigureAwait(false));
        Expect.Equal(false, await FireAsync(1).ConfigureAwait(false));
        await s.Store.DeleteAsync(Scene.Key("f-1")).ConfigureAwait(false);
        Expect.Equal(false, await FireAsync(1).ConfigureAwait(false));
        Expect.Equal(true, await FireAsync(3).ConfigureAwait(false));
        Expect.Equal(false, await FireAsync(2).ConfigureAwait(false));
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(
            Scene.Start.AddMinutes(3),
            await s.Store.LastFiringAsync(Scene.Workflow, "c").ConfigureAwait(false)
        );

        async Task<bool> FireAsync(int minute)
        {
            var instance = new NewInstance(Scene.Key($"f-{minute}"), Scene.Json("{}"), Scene.Start);
            var firing = new ScheduledInstance(Scene.Workflow, "c", Scene.Start.AddMinutes(minute), instance);
            return await s.Store.FireAsync(firing).ConfigureAwait(false) is not null;
        }
    }

    private static async Task Limit(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        for (var i = 0; i < 4; i++)
        {
            await s
                .Store.CreateAsync(
                    new NewInstance(Scene.Key($"i-{3 - i}"), Scene.Json("{}"), Scene.Start.AddSeconds(i))
                )
                .ConfigureAwait(false);
        }

        ClaimableWorkflow[] limited = [new(Scene.Workflow, Limit: 2)];
        var request = new ClaimRequest(node, limited, Scene.Start.AddHours(1), 10);
        var claimed = await s.Store.ClaimAsync(request).ConfigureAwait(false);
        Expect.Sequence(["i-3", "i-2"], claimed.Select(record => record.Key.Id));
        Expect.Equal(0, (await s.Store.ClaimAsync(request).ConfigureAwait(false)).Count);
        Expect.Equal(null, await s.Store.NextDueAsync(limited).ConfigureAwait(false));
        await s.WaitAsync(claimed[0], Scene.Start.AddDays(1)).ConfigureAwait(false);
        Expect.Equal("i-1", (await s.Store.ClaimAsync(request).ConfigureAwait(false)).Single().Key.Id);
    }

    private static async Task Version(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s
            .Store.CreateAsync(new NewInstance(Scene.Key(), Scene.Json("{}"), Scene.Start) { DefinitionVersion = 2 })
            .ConfigureAwait(false);
        Expect.Equal(0, await ClaimAsync(1).ConfigureAwait(false));
        Expect.Equal(null, await s.Store.NextDueAsync([new(Scene.Workflow, 1)]).ConfigureAwait(false));
        Expect.Equal(1, await ClaimAsync(2).ConfigureAwait(false));

        async Task<int> ClaimAsync(int version) =>
            (
                await s
                    .Store.ClaimAsync(new ClaimRequest(node, [new(Scene.Workflow, version)], Scene.Start, 10))
                    .ConfigureAwait(false)
            ).Count;
    }

    private static async Task Sweep(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        for (var hours = 1; hours <= 3; hours++)
        {
            var owned = await s.CreateOwnedAsync($"i-{hours}").ConfigureAwait(false);
            await s
                .Store.CommitAsync(
                    new InstanceCommit(owned.Key, owned.Fence)
                    {
                        Status = InstanceStatus.Complete,
                        EndedAt = Scene.Start,
                        ExpiresAt = Scene.Start.AddHours(hours),
                    }
                )
                .ConfigureAwait(false);
        }

        await s.EndAsync(await s.CreateOwnedAsync("kept").ConfigureAwait(false)).ConfigureAwait(false);
        Expect.Equal(0, await s.Store.SweepAsync(Scene.Start, 10).ConfigureAwait(false));
        Expect.Equal(1, await s.Store.SweepAsync(Scene.Start.AddHours(9), 1).ConfigureAwait(false));
        Expect.Equal(2, await s.Store.SweepAsync(Scene.Start.AddHours(9), 10).ConfigureAwait(false));
        var left = await s.Store.ListAsync(new InstanceQuery()).ConfigureAwait(false);
        Expect.Equal("kept", left.Single().Key.Id);
    }

    private static async Task Notifies(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.WaitAsync(await s.CreateOwnedAsync("parent").ConfigureAwait(false), null).ConfigureAwait(false);
        var child = await s.CreateOwnedAsync("child").ConfigureAwait(false);
        await s.CreateAsync("other").ConfigureAwait(false);
        var notice = new NewEvent(Scene.Key("parent"), "child:child", Scene.Json("\"done\""), Scene.Start);
        await s
            .Store.CommitAsync(
                new InstanceCommit(child.Key, child.Fence)
                {
                    Status = InstanceStatus.Complete,
                    EndedAt = Scene.Start,
                    Notify = notice,
                }
            )
            .ConfigureAwait(false);
        await s.Store.TerminateAsync(new(Scene.Key("other"), Scene.Start) { Notify = notice }).ConfigureAwait(false);
        var (record, _, events) = await s.ReadAsync("parent").ConfigureAwait(false);
        Expect.Equal((2, Scene.Start), (events.Count, record.WakeAt));
        await s.Store.TerminateAsync(new(Scene.Key("parent"), Scene.Start)).ConfigureAwait(false);
        await s.Store.DeleteAsync(child.Key, notice).ConfigureAwait(false);
    }

    private static async Task Counts(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        await s.CreateAsync("a").ConfigureAwait(false);
        await s.CreateAsync("b").ConfigureAwait(false);
        await s.EndAsync(await s.CreateOwnedAsync("c").ConfigureAwait(false)).ConfigureAwait(false);
        var counts = await s.Store.CountAsync("", Scene.Workflow).ConfigureAwait(false);
        Expect.Equal((2, 2L, 1L), (counts.Count, counts[InstanceStatus.Queued], counts[InstanceStatus.Complete]));
        Expect.Equal(0, (await s.Store.CountAsync("t", Scene.Workflow).ConfigureAwait(false)).Count);
    }
}
