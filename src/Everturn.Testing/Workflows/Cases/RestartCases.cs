using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows.Cases;

/// <summary>Restarts, rollbacks, the log, chunks.</summary>
internal static class RestartCases
{
    public static IEnumerable<WorkflowStoreCase> All =>
        [
            new("Restart forgets everything, takes the instance from its owner and queues it", Restarts),
            new("Restart from a step keeps what started before it", RestartsFrom),
            new("Restart from a step that is not there changes nothing", RestartRefused),
            new("Terminate with rollback marks an owned instance and queues one that nobody owns", AsksForRollback),
            new("The log is numbered by the store and has changes of status", Logs),
            new("An instance without a log gets none", LogsNothing),
            new("Numbers of the log grow across a restart", LogAfterRestart),
            new("Chunks are stored, replaced, dropped and removed", Chunks),
            new("A note that something began is no progress", NoProgress),
        ];

    private static async Task Restarts(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await CommitAsync(s, owned, Scene.Done("a", 1)).ConfigureAwait(false);
        await s.SendAsync("e").ConfigureAwait(false);
        await s.Store.RestartAsync(new(owned.Key, Scene.Start.AddHours(1))).ConfigureAwait(false);
        var (record, journal, events) = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal((InstanceStatus.Queued, null, 0, 0), (record.Status, record.Owner, journal.Count, events.Count));
        Expect.Equal("{}", Scene.Text(record.Params));
        await s.LostAsync(new InstanceCommit(owned.Key, owned.Fence)).ConfigureAwait(false);
        Expect.Equal(1, (await s.ClaimAsync(owned.Owner!.Value, Scene.Start.AddHours(1)).ConfigureAwait(false)).Count);
    }

    private static async Task RestartsFrom(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await CommitAsync(
                s,
                owned,
                Scene.Done("a", 2) with
                {
                    StartOrder = 1,
                },
                Scene.Done("b", 1) with
                {
                    StartOrder = 2,
                },
                Scene.Done("c", 3) with
                {
                    StartOrder = 3,
                }
            )
            .ConfigureAwait(false);
        await s.EndAsync(owned).ConfigureAwait(false);
        await s
            .Store.RestartAsync(
                new(owned.Key, Scene.Start.AddHours(1)) { From = new JournalKey(JournalKind.Do, "b", 1) }
            )
            .ConfigureAwait(false);
        var (record, journal, _) = await s.ReadAsync().ConfigureAwait(false);
        Expect.Equal((InstanceStatus.Queued, null, null), (record.Status, record.Result, record.EndedAt));
        Expect.Equal("a", journal.Single().Key.Name);
    }

    private static async Task RestartRefused(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await CommitAsync(s, owned, Scene.Done("a", 1)).ConfigureAwait(false);
        await Expect
            .ThrowsAsync<InstanceConflictException>(() =>
                s.Store.RestartAsync(new(owned.Key, Scene.Start) { From = new JournalKey(JournalKind.Sleep, "a", 1) })
            )
            .ConfigureAwait(false);
        await Expect
            .ThrowsAsync<InstanceNotFoundException>(() => s.Store.RestartAsync(new(Scene.Key("nobody"), Scene.Start)))
            .ConfigureAwait(false);
        await CommitAsync(s, owned, Scene.Done("b", 2)).ConfigureAwait(false);
        Expect.Equal(2, (await s.ReadAsync().ConfigureAwait(false)).Journal.Count);
    }

    private static async Task AsksForRollback(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var waiting = await s.CreateOwnedAsync("waiting").ConfigureAwait(false);
        await s.WaitAsync(waiting, null).ConfigureAwait(false);
        await s.Store.PauseAsync(waiting.Key, Scene.Start).ConfigureAwait(false);
        foreach (var key in new[] { owned.Key, waiting.Key })
        {
            await s.Store.TerminateAsync(new(key, Scene.Start) { Rollback = true }).ConfigureAwait(false);
        }

        Expect.Equal(
            true,
            (await s.Store.ReadOwnedAsync(owned.Owner!.Value).ConfigureAwait(false)).Single().IsTerminating
        );
        var claimed = (await s.ClaimAsync(waiting.Owner!.Value).ConfigureAwait(false)).Single();
        Expect.Equal(("waiting", true), (claimed.Key.Id, claimed.IsTerminating));
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Status = InstanceStatus.Terminated,
                    EndedAt = Scene.Start,
                    Rollback = new RollbackResult(false, new("E", "m")),
                }
            )
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var ended = (await s.ReadAsync().ConfigureAwait(false)).Record;
        Expect.Equal((false, new RollbackResult(false, new("E", "m"))), (ended.IsTerminating, ended.Rollback));
    }

    private static async Task Logs(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var step = new JournalKey(JournalKind.Do, "a", 1);
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Log =
                    [
                        new(InstanceLogEventType.StepStarted, Scene.Start) { Step = step },
                        new(InstanceLogEventType.AttemptErrored, Scene.Start)
                        {
                            Step = step,
                            Attempt = 2,
                            Error = new("E", "m"),
                            RetryDelayMs = 5,
                        },
                    ],
                }
            )
            .ConfigureAwait(false);
        await s.EndAsync(owned).ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        var log = await s.Store.ReadLogAsync(owned.Key, 0, 100).ConfigureAwait(false);
        Expect.Sequence([2L, 3L, 4L], log.Select(stored => stored.Number));
        Expect.Equal((step, 2, new InstanceError("E", "m"), 5L), Content(log[1].Entry));
        Expect.Equal(InstanceLogEventType.WorkflowCompleted, log[2].Entry.Type);
        Expect.Sequence(
            [4L],
            (await s.Store.ReadLogAsync(owned.Key, 3, 100).ConfigureAwait(false)).Select(stored => stored.Number)
        );
    }

    private static async Task LogsNothing(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    Log = null,
                    Status = InstanceStatus.Complete,
                    EndedAt = Scene.Start,
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(0, (await s.Store.ReadLogAsync(owned.Key, 0, 100).ConfigureAwait(false)).Count);
    }

    private static async Task LogAfterRestart(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s.EndAsync(owned).ConfigureAwait(false);
        await s.Store.RestartAsync(new(owned.Key, Scene.Start)).ConfigureAwait(false);
        var log = await s.Store.ReadLogAsync(owned.Key, 0, 100).ConfigureAwait(false);
        Expect.Sequence([(3L, InstanceLogEventType.WorkflowQueued)], log.Select(one => (one.Number, one.Entry.Type)));
    }

    private static async Task Chunks(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        var step = new JournalKey(JournalKind.Do, "s", 1);
        var large = Scene.Json(new string('1', 100_000));
        await StoreAsync(new StepChunk(step, 1, 0, Scene.Json("1")), new StepChunk(step, 1, 1, large))
            .ConfigureAwait(false);
        await fixture.ReopenAsync().ConfigureAwait(false);
        Expect.Equal("1", await ReadAsync(1, 0).ConfigureAwait(false));
        Expect.Equal(100_000, (await ReadAsync(1, 1).ConfigureAwait(false)).Length);
        await s
            .Store.CommitAsync(
                new InstanceCommit(owned.Key, owned.Fence)
                {
                    DropChunks = [step],
                    Chunks = [new StepChunk(step, 2, 0, Scene.Json("2"))],
                }
            )
            .ConfigureAwait(false);
        Expect.Equal(
            ("-", "2"),
            (await ReadAsync(1, 0).ConfigureAwait(false), await ReadAsync(2, 0).ConfigureAwait(false))
        );
        await s.Store.DeleteAsync(owned.Key).ConfigureAwait(false);
        Expect.Equal("-", await ReadAsync(2, 0).ConfigureAwait(false));

        async Task StoreAsync(params StepChunk[] chunks) =>
            await s
                .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Chunks = chunks })
                .ConfigureAwait(false);

        async Task<string> ReadAsync(int attempt, int index) =>
            Scene.Text(await s.Store.ReadChunkAsync(owned.Key, step, attempt, index).ConfigureAwait(false));
    }

    private static async Task NoProgress(WorkflowStoreFixture fixture)
    {
        var s = new Scene(fixture);
        var owned = await s.CreateOwnedAsync().ConfigureAwait(false);
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { IsProgress = false })
            .ConfigureAwait(false);
        Expect.Equal(1, (await s.ReadAsync().ConfigureAwait(false)).Record.ClaimCount);
        await s.Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence)).ConfigureAwait(false);
        Expect.Equal(0, (await s.ReadAsync().ConfigureAwait(false)).Record.ClaimCount);
    }

    private static (JournalKey?, int?, InstanceError?, long?) Content(LogEntry entry) =>
        (entry.Step, entry.Attempt, entry.Error, entry.RetryDelayMs);

    private static async Task CommitAsync(Scene s, InstanceRecord owned, params JournalRecord[] records) =>
        await s
            .Store.CommitAsync(new InstanceCommit(owned.Key, owned.Fence) { Records = records })
            .ConfigureAwait(false);
}
