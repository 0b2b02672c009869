using Everturn.Sqlite.Child;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Tests.Engine;

public sealed class NodeDirectoryTests : IDisposable
{
    private static readonly TimeSpan LongLease = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortLease = TimeSpan.FromMilliseconds(1_000);

    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_killed_process_is_fenced_at_once_whatever_the_lease()
    {
        await using var storage = await OpenAsync(LongLease);
        using var child = await ChildProcess.StartAsync(_directory.Path, LongLease);
        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBeEmpty();

        await child.KillAsync();

        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBe([new NodeIdentity(child.NodeId, 1)]);
        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBeEmpty();
        Files("*.lock").ShouldBe([storage.Nodes.Self.NodeId]);
    }

    [Fact]
    public async Task A_killed_process_is_fenced_even_if_a_child_of_its_own_lives_on()
    {
        await using var storage = await OpenAsync(LongLease);
        using var child = await ChildProcess.StartAsync(_directory.Path, LongLease);
        var grandchild = int.Parse(await child.AskAsync("spawn"));

        try
        {
            await child.KillAsync();

            (await storage.Nodes.FenceDeadNodesAsync(Token)).Select(node => node.NodeId).ShouldBe([child.NodeId]);
        }
        finally
        {
            ChildProcess.KillProcess(grandchild);
        }
    }

    [Fact]
    public async Task A_stopped_process_is_fenced_after_its_lease_and_writes_nothing_when_it_goes_on()
    {
        await using var storage = await OpenAsync(ShortLease);
        using var child = await ChildProcess.StartAsync(_directory.Path, ShortLease);
        (await child.AskAsync("add before")).ShouldBe("added");

        child.StopMoving();
        await Eventually.Is(async () => (await storage.Nodes.FenceDeadNodesAsync(Token)).Count == 1);
        child.GoOn();

        (await child.AskAsync("add-as-born after")).ShouldBe(nameof(OwnershipLostException));
        storage.Reads.Read(NotesSchema.Texts).ShouldBe(["before"]);
        await Eventually.Is(async () => await child.AskAsync("epoch") == "3");
        (await child.AskAsync("add again")).ShouldBe("added");
        (await child.AskAsync("add-as-born never")).ShouldBe(nameof(OwnershipLostException));
        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_that_moves_is_not_fenced_however_often_one_looks()
    {
        await using var storage = await OpenAsync(ShortLease);
        using var child = await ChildProcess.StartAsync(_directory.Path, ShortLease);
        var until = TimeProvider.System.GetTimestamp();

        await Eventually.Is(async () =>
        {
            (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBeEmpty();
            return TimeProvider.System.GetElapsedTime(until) > 2 * ShortLease;
        });
    }

    [Fact]
    public async Task A_clean_end_leaves_neither_row_nor_lock()
    {
        await using var storage = await OpenAsync(LongLease);
        using var child = await ChildProcess.StartAsync(_directory.Path, LongLease);

        await child.ExitAsync();

        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBeEmpty();
        Files("*").ShouldBe([storage.Nodes.Self.NodeId, storage.Nodes.Self.NodeId]);
        storage.Reads.Read(c => c.QueryLong("SELECT count(*) FROM nodes")).ShouldBe(1);
    }

    [Fact]
    public async Task Locks_that_nobody_holds_and_no_row_names_are_removed_at_open()
    {
        await using (await OpenAsync(LongLease)) { }
        File.WriteAllText(_directory.File("locks/stray.lock"), "");
        File.WriteAllText(_directory.File("locks/stray.beat"), "");

        await using var storage = await OpenAsync(LongLease);

        Files("*").ShouldNotContain("stray");
    }

    [Fact]
    public async Task A_failed_write_gives_the_node_a_new_epoch_and_its_past_can_be_taken()
    {
        var broken = false;
        await using var storage = await OpenAsync(
            LongLease,
            fault =>
            {
                if (broken && fault == CommitFault.Commit)
                {
                    broken = false;
                    throw new SqliteException(SQLitePCL.raw.SQLITE_IOERR, "disk I/O error");
                }
            }
        );
        var past = storage.Nodes.Self;

        broken = true;
        await Should.ThrowAsync<OutcomeUnknownException>(async () => await Add(storage, past, "unknown"));
        await Eventually.Is(() => storage.Committer.Health == StoreHealth.Available);

        storage.Nodes.Self.ShouldBe(past with { Epoch = 2 });
        await Should.ThrowAsync<OwnershipLostException>(async () => await Add(storage, past, "of the past"));
        await Add(storage, storage.Nodes.Self, "now");
        storage.Reads.Read(NotesSchema.Texts).ShouldBe(["now"]);
        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBe([past]);
        (await storage.Nodes.FenceDeadNodesAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commits_of_another_process_are_signalled()
    {
        await using var storage = await OpenAsync(LongLease);
        using var child = await ChildProcess.StartAsync(_directory.Path, LongLease);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = storage.Changes.Subscribe(() =>
        {
            if (storage.Reads.Read(NotesSchema.Count) == 1)
                seen.TrySetResult();
        });

        (await child.AskAsync("add elsewhere")).ShouldBe("added");

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Local_commits_are_signalled_before_the_caller_goes_on()
    {
        await using var storage = await OpenAsync(LongLease);
        var signals = 0;
        var subscription = storage.Changes.Subscribe(() => Interlocked.Increment(ref signals));

        await Add(storage, storage.Nodes.Self, "one");

        signals.ShouldBeGreaterThan(0);
        subscription.Dispose();
    }

    [Fact]
    public async Task Processes_that_open_a_new_directory_at_the_same_moment_all_succeed_and_share_it()
    {
        var children = Enumerable.Range(0, 4).Select(_ => ChildProcess.Launch(_directory.Path, LongLease)).ToList();
        try
        {
            foreach (var child in children)
                await child.WaitUntilReadyAsync();
            var answers = await Task.WhenAll(children.Select(child => child.AskAsync("burst 250")));

            answers.ShouldAllBe(answer => answer == "added");
            (await children[0].AskAsync("count")).ShouldBe("1000");
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    private static ValueTask<long> Add(SqliteStorage storage, NodeIdentity node, string text) =>
        storage.Committer.CommitAsync(
            CommitKind.SessionUpdate,
            connection =>
            {
                FenceCheck.Require(connection, new Fence(node, 1));
                return NotesSchema.Insert(connection, text);
            },
            Token
        );

    private List<string?> Files(string pattern) =>
        [.. Directory.EnumerateFiles(_directory.File("locks"), pattern).Select(Path.GetFileNameWithoutExtension)];

    private Task<SqliteStorage> OpenAsync(TimeSpan lease, Action<CommitFault>? fault = null) =>
        SqliteStorage.OpenAsync(
            new SqliteOptions { DataDirectory = _directory.Path, Lease = lease },
            [NotesSchema.Schema],
            new StorageServices { Fault = fault },
            Token
        );
}
