using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Creating, once.</summary>
internal static class CreateCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("A created instance is queued for anybody, and everything of it is read back", ReadsBack),
            new("An instance can be created owned", CreatedOwned),
            new("The same token finds the instance again and changes nothing", SameToken),
            new("Another token, or none, is refused while the instance lives and after it ended", OtherToken),
            new("Of 20 concurrent creates with different tokens one succeeds", Race),
            new("The same id in another workflow or tenant is another instance", Separate),
            new("A dead node cannot own a new instance", DeadOwner),
            new("Parameters of a megabyte are read back", LargeParams),
        ];

    private static async Task ReadsBack(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var created = await s.CreateAsync(token: "t").ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var read = (await s.ReadAsync().ConfigureAwait(false)).Record;
        foreach (var record in new[] { created, read })
        {
            Expect.Equal(Scene.Key(), record.Key);
            Expect.Equal(InstanceStatus.Queued, record.Status);
            Expect.Equal("t", record.CreationToken);
            Expect.Equal("{}", Scene.Text(record.Params));
            Expect.Equal(Scene.Start, record.CreatedAt);
            Expect.Equal(Scene.Start, record.WakeAt);
            Expect.Equal(null, record.Owner);
            Expect.Equal((0L, 0, 0L), (record.OwnerEpoch, record.ClaimCount, record.LastEvent));
        }
    }

    private static async Task CreatedOwned(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await s.CreateAsync(owner: node).ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal(InstanceStatus.Running, record.Status);
        Expect.Equal(new Fence(node, 1), record.Fence);
        Expect.Equal((1, null), (record.ClaimCount, record.WakeAt));
        Expect.Equal(0, (await s.ClaimAsync(node).ConfigureAwait(false)).Count);
    }

    private static async Task SameToken(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync("other").ConfigureAwait(false);
        await s.CreateAsync(token: "t").ConfigureAwait(false);
        var again = await s
            .Store.CreateAsync(
                new NewInstance(Scene.Key(), Scene.Json("2"), Scene.Start.AddDays(1))
                {
                    CreationToken = "t",
                    Owner = owned.Owner,
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(
            (false, "{}", Scene.Start),
            (again.IsNew, Scene.Text(again.Record.Params), again.Record.CreatedAt)
        );
        Expect.Equal(null, again.Record.Owner);
    }

    private static async Task OtherToken(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        for (var round = 0; round < 2; round++)
        {
            foreach (var token in new[] { "x", null })
            {
                var refused = await Expect
                    .ThrowsAsync<InstanceAlreadyExistsException, InstanceRecord>(async () =>
                        await s.CreateAsync(token: token).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
                Expect.Equal(
                    "(instance.already_exists) Workflow instance with id \"i-1\" already exists",
                    refused.Message
                );
            }

            if (round == 0)
            {
                await s.EndAsync(owned).ConfigureAwait(false);
            }
        }
    }

    private static async Task Race(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var results = await Task.WhenAll(
                Enumerable
                    .Range(0, 20)
                    .Select(number =>
                        Task.Run(async () =>
                        {
                            try
                            {
                                await s.CreateAsync(token: $"t-{number}").ConfigureAwait(false);
                                return 1;
                            }
                            catch (InstanceAlreadyExistsException)
                            {
                                return 0;
                            }
                        })
                    )
            )
            .ConfigureAwait(false);
        Expect.Equal(1, results.Sum());
    }

    private static async Task Separate(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        InstanceKey[] keys = [new("", "a", "1"), new("", "b", "1"), new("tenant", "a", "1")];
        foreach (var key in keys)
        {
            var created = await s
                .Store.CreateAsync(new NewInstance(key, Scene.Json($"\"{key}\""), Scene.Start))
                .ConfigureAwait(false);
            Expect.True(created.IsNew);
        }

        foreach (var key in keys)
        {
            var found = Expect.NotNull(await s.Store.FindAsync(key).ConfigureAwait(false));
            Expect.Equal($"\"{key}\"", Scene.Text(found.Params));
        }
    }

    private static async Task DeadOwner(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        await fixture.FenceNodeAsync(node).ConfigureAwait(false);
        await Expect
            .ThrowsAsync<OwnershipLostException, InstanceRecord>(async () =>
                await s.CreateAsync(owner: node).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        Expect.Equal(null, await s.Store.FindAsync(Scene.Key()).ConfigureAwait(false));
    }

    private static async Task LargeParams(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var text = $"\"{new string('x', (1024 * 1024) - 2)}\"";
        await s.Store.CreateAsync(new NewInstance(Scene.Key(), Scene.Json(text), Scene.Start)).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.True(Scene.Text((await s.ReadAsync().ConfigureAwait(false)).Record.Params) == text);
    }
}
