using Everturn.Sessions;
using Everturn.Sqlite.Tests.Engine;
using Everturn.Storage;
using static Everturn.Sqlite.Tests.Sessions.SessionStoreHarness;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class SharedDirectoryTests
{
    [Fact]
    public async Task A_command_of_another_store_becomes_visible_after_a_change_hint()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        var (database, other) = await harness.OpenAnotherAsync();
        await using var closing = database;
        var hints = 0;
        using var subscription = harness.Store.Changes.Subscribe(() => Interlocked.Increment(ref hints));
        (await harness.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();

        var result = await other.CommitAsync(Interrupt(run), Token);

        result.Run!.CommandRevision.ShouldBe(1);
        await Eventually.Is(() => Volatile.Read(ref hints) > 0);
        var command = (await harness.Store.ListOpenCommandsAsync(Token)).ShouldHaveSingleItem();
        (command.RunId, command.Kind, command.Revision).ShouldBe((run.RunId, CommandKind.Interrupt, 1));
        var ending = EndOf(run, Start);
        ending = ending with { RunChange = ending.RunChange! with { SeenCommandRevision = 0 } };
        (await harness.CommitAsync(ending)).Outcome.ShouldBe(SessionCommitOutcome.CommandPending);
        await harness.EndRunAsync(run);
        (await harness.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
        (await harness.Store.GetCommandsAsync(Key, run.RunId, 0, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_1_a_run_that_another_node_claimed_is_lost_to_its_owner()
    {
        await using var harness = await OpenAsync();
        var run = await harness.StartRunAsync();
        var (database, other) = await harness.OpenAnotherAsync();
        await using var closing = database;

        var claim = await other.CommitAsync(
            FlushOf(run) with
            {
                Kind = CommitKind.RunClaim,
                Fence = null,
                Claim = database.Nodes.Self,
            },
            Token
        );

        claim.Run!.Owner!.Value.OwnerEpoch.ShouldBe(2);
        await Should.ThrowAsync<OwnershipLostException>(() => harness.CommitAsync(FlushOf(run, "late")));
        (await other.CommitAsync(FlushOf(claim.Run, "mine"), Token)).FirstSequence.ShouldBe(1);
        (await harness.Store.ReadChunksAsync(Key, 0, 10, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_7_two_stores_number_the_chunks_of_one_session_without_gap()
    {
        await using var harness = await OpenAsync();
        await harness.StartRunAsync();
        var (database, other) = await harness.OpenAnotherAsync();
        await using var closing = database;
        var unfenced = FlushOf(
            new RunRecord
            {
                Session = Key,
                RunId = "r-1",
                Trigger = RunTrigger.Execute,
                InstanceId = "",
                AgentType = "assistant",
                Runtime = "workflow",
                Status = RunStatus.Running,
                CreatedAt = Start,
            },
            "a",
            "b"
        );

        await Parallel.ForAsync(
            0,
            100,
            Token,
            async (i, token) => await (i % 2 == 0 ? harness.Store : other).CommitAsync(unfenced, token)
        );

        var chunks = await harness.Store.ReadChunksAsync(Key, 0, int.MaxValue, Token);
        chunks.Select(chunk => chunk.Sequence).ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
    }

    [Fact]
    public async Task A_killed_process_loses_its_runs_and_nothing_it_was_told_is_durable()
    {
        await using var harness = await OpenAsync();
        using var child = await ChildProcess.StartAsync(harness.Path, TimeSpan.FromHours(1));
        var node = new NodeIdentity(child.NodeId, 1);
        var run = (await harness.CommitAsync(StartOf("r-1", Key, "hello", node))).Run!;
        (await harness.CommitAsync(FlushOf(run, "one"))).IsApplied.ShouldBeTrue();

        await child.KillAsync();
        (await harness.Database.Nodes.FenceDeadNodesAsync(Token)).ShouldBe([node]);

        await Should.ThrowAsync<OwnershipLostException>(() => harness.CommitAsync(FlushOf(run, "two")));
        var orphans = await harness.Store.ListRunningAsync("workflow", node, new PageRequest(), Token);
        orphans.Items.ShouldHaveSingleItem().RunId.ShouldBe("r-1");
    }

    private static SessionCommit Interrupt(RunRecord run) =>
        new()
        {
            Session = run.Session,
            Kind = CommitKind.Command,
            At = Start,
            Command = new CommandRecord
            {
                Session = run.Session,
                RunId = run.RunId,
                Kind = CommandKind.Interrupt,
                CreatedAt = Start,
            },
        };
}
