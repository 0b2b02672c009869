using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Transitions by the owner.</summary>
internal static class CommitCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("Journal records are read back with every field", RecordsReadBack),
            new("A record replaces the one of the same step, and kinds and ordinals are different steps", Replaces),
            new("Any commit resets the claim count", ResetsClaims),
            new("A commit under any other fence changes nothing", Fenced),
            new("The end stores the output, ends the ownership and clears the events", Ends),
            new("An error is stored with the end", EndsWithError),
            new("A released instance can be claimed from its wake time on", Released),
            new("Statuses, kinds and outcomes that nobody knows are kept", UnknownValues),
            new("A value of a megabyte is read back", LargeValue),
            new("100 concurrent owners do not disturb each other, and a refused one fails alone", Independent),
        ];

    private static async Task RecordsReadBack(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        JournalRecord[] records =
        [
            Scene.Done("value", 1) with
            {
                Sensitive = true,
            },
            Scene.Done("error", 2) with
            {
                Outcome = JournalOutcome.Error,
                Value = default,
                Error = new("TypeError", "bad"),
                Attempt = 6,
            },
            new(new JournalKey(JournalKind.WaitForEvent, "wait", 3))
            {
                DueAt = Scene.Start.AddDays(1),
                EventType = "signed",
                StartedAt = Scene.Start,
            },
            new(new JournalKey(JournalKind.Do, "retry", 1))
            {
                Attempt = 2,
                DueAt = Scene.Start.AddSeconds(10),
                Error = new("HttpRequestException", ""),
                StartedAt = Scene.Start,
            },
        ];
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = records })
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var journal = (await s.ReadAsync().ConfigureAwait(false)).Journal.ToDictionary(record => record.Key);
        Expect.Equal(records.Length, journal.Count);
        foreach (var record in records)
        {
            var read = journal[record.Key];
            Expect.Equal(Scene.Text(record.Value), Scene.Text(read.Value));
            Expect.Equal(record with { Value = default }, read with { Value = default });
        }
    }

    private static async Task Replaces(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        JournalKey[] keys =
        [
            new(JournalKind.Do, "s", 1),
            new(JournalKind.Do, "s", 2),
            new(JournalKind.Sleep, "s", 1),
            new(JournalKind.Do, "S", 1),
        ];
        foreach (var outcome in new[] { JournalOutcome.Pending, JournalOutcome.Value })
        {
            var commit = new InstanceCommit(owned.Key, owned.Fence)
            {
                Records = [.. keys.Select(key => new JournalRecord(key) { Outcome = outcome })],
            };
            await s.Store.CommitAsync(commit).ConfigureAwait(false);
        }

        var journal = (await s.ReadAsync().ConfigureAwait(false)).Journal;
        Expect.Equal((4, 4), (journal.Count, journal.Count(record => record.Outcome == JournalOutcome.Value)));
    }

    private static async Task ResetsClaims(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [Scene.Done("a", 1)] })
            .ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal((0, owned.Fence), (record.ClaimCount, record.Fence));
    }

    private static async Task Fenced(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var other = await fixture.AddNodeAsync().ConfigureAwait(false);
        var node = owned.Owner!.Value;
        Fence[] wrong =
        [
            new(other, 1),
            new(node, 0),
            new(node, 2),
            new(node with { Epoch = node.Epoch + 1 }, 1),
            new(node with { NodeId = "nobody" }, 1),
        ];
        foreach (var fence in wrong)
        {
            await s.LostAsync(
                    new InstanceCommit(owned.Key, fence)
                    {
                        Records = [Scene.Done("a", 1)],
                        Status = InstanceStatus.Complete,
                        EndedAt = Scene.Start,
                    }
                )
                .ConfigureAwait(false);
        }

        await s.LostAsync(new InstanceCommit(Scene.Key("nobody"), owned.Fence)).ConfigureAwait(false);
        await fixture.FenceNodeAsync(node).ConfigureAwait(false);
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [Scene.Done("a", 1)] })
            .ConfigureAwait(false);
        var read = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal((0, InstanceStatus.Running, 1), (read.Journal.Count, read.Record.Status, read.Record.ClaimCount));
    }

    private static async Task Ends(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.SendAsync("late").ConfigureAwait(false);
        await s.EndAsync(owned).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var (record, _, events) = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal((InstanceStatus.Complete, "\"out\""), (record.Status, Scene.Text(record.Result)));
        Expect.Equal(Scene.Start.AddSeconds(2), record.EndedAt);
        Expect.Equal((null, null, 0), (record.Owner, record.WakeAt, events.Count));
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence)).ConfigureAwait(false);
    }

    private static async Task EndsWithError(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var error = new InstanceError("TypeError", "bad type");
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Errored,
                    Error = error,
                    EndedAt = Scene.Start,
                }
            )
            .ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal((InstanceStatus.Errored, error, null), (record.Status, record.Error, record.Result));
    }

    private static async Task Released(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.WaitAsync(owned, Scene.Start.AddHours(1)).ConfigureAwait(false);
        var record = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal(
            (InstanceStatus.Waiting, null, Scene.Start.AddHours(1)),
            (record.Status, record.Owner, record.WakeAt)
        );
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence)).ConfigureAwait(false);
        var node = owned.Owner!.Value;
        var again = (await s.ClaimAsync(node, Scene.Start.AddHours(1)).ConfigureAwait(false)).Single();
        Expect.Equal((new Fence(node, 2), 1), (again.Fence, again.ClaimCount));
    }

    private static async Task UnknownValues(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var record = new JournalRecord(new JournalKey(new("child"), "c", 1)) { Outcome = (JournalOutcome)42 };
        var status = new InstanceStatus("dreaming");
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [record], Status = status })
            .ConfigureAwait(false);
        var read = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal(status, read.Record.Status);
        Expect.Equal((record.Key, record.Outcome), (read.Journal.Single().Key, read.Journal.Single().Outcome));
    }

    private static async Task LargeValue(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var text = $"\"{new string('x', JournalRecord.MaxValueBytes - 2)}\"";
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = [Scene.Done("a", 1, text)] })
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.True(Scene.Text((await s.ReadAsync().ConfigureAwait(false)).Journal.Single().Value) == text);
    }

    private static async Task Independent(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var node = await fixture.AddNodeAsync().ConfigureAwait(false);
        var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(number =>
                        Task.Run(async () =>
                        {
                            var owned = await s.CreateAsync($"i-{number}", node).ConfigureAwait(false);
                            var fence = number % 10 == 0 ? owned.Fence with { OwnerEpoch = 7 } : owned.Fence;
                            try
                            {
                                await s
                                    .Store.CommitAsync(
                                        new InstanceCommit(owned.Key, fence) { Records = [Scene.Done("a", 1)] }
                                    )
                                    .ConfigureAwait(false);
                                return 1;
                            }
                            catch (OwnershipLostException)
                            {
                                return 0;
                            }
                        })
                    )
            )
            .ConfigureAwait(false);
        for (var number = 0; number < 100; number++)
        {
            var expected = number % 10 == 0 ? 0 : 1;
            Expect.Equal(expected, outcomes[number]);
            Expect.Equal(expected, (await s.ReadAsync($"i-{number}").ConfigureAwait(false)).Journal.Count);
        }
    }
}
