using System.Text.Json;
using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Scheduling;

/// <summary>The queue (Cloudflare Agents, queue).</summary>
public sealed class QueueTests : WorkerTests
{
    [Fact]
    public async Task Items_run_in_order_and_are_gone_then()
    {
        await Get()
            .CallAsync(agent =>
            {
                for (var i = 0; i < 5; i++)
                {
                    agent.Queue.Add("record", $"{i}");
                }

                agent.Queue.List().Count.ShouldBe(5);
            });

        await Eventually.IsAsync(() => Script.Count("w 4") == 1);

        Script
            .Notes.Where(note => note.StartsWith("w ", StringComparison.Ordinal))
            .ShouldBe(["w 0", "w 1", "w 2", "w 3", "w 4"]);
        await Eventually.IsAsync(async () => await Get().CallAsync(agent => agent.Queue.List().Count) == 0);
    }

    [Fact]
    public async Task An_item_that_fails_is_retried_reported_and_does_not_block_the_next_one()
    {
        Script.Act = (_, what, _) =>
        {
            Script.Note(what);
            throw new InvalidOperationException("failed");
        };
        await Get()
            .CallAsync(agent =>
            {
                agent.Queue.Add(
                    "act",
                    "bad",
                    new()
                    {
                        MaxAttempts = 2,
                        BaseDelay = TimeSpan.FromMilliseconds(1),
                        MaxDelay = TimeSpan.FromMilliseconds(1),
                    }
                );
                agent.Queue.Add("record", "good");
            });

        await Host.AdvanceUntilAsync(() => Task.FromResult(Script.Count("w good") == 1));

        Script.Count("bad").ShouldBe(2);
        Script.Count("error failed").ShouldBe(1);
    }

    [Fact]
    public async Task What_is_left_after_a_restart_goes_on_without_anybody_calling()
    {
        var gate = new TaskCompletionSource();
        Script.Act = async (agent, what, call) =>
        {
            Script.Note(what);
            await gate.Task.WaitAsync(call.CancellationToken);
        };
        await Get()
            .CallAsync(agent =>
            {
                agent.Queue.Add("act", "first");
                agent.Queue.Add("record", "second");
            });
        await Eventually.IsAsync(() => Script.Count("first") == 1);

        var restarting = RestartAsync();
        await Host.AdvanceUntilAsync(() => Task.FromResult(restarting.IsCompleted), TimeSpan.FromSeconds(1));
        await restarting;
        gate.SetResult();

        await Host.AdvanceUntilAsync(() => Task.FromResult(Script.Count("w second") == 1));
        Script.Count("first").ShouldBe(2);
    }

    [Fact]
    public async Task Items_are_found_by_id_and_payload_and_removed_by_id_and_callback()
    {
        var gate = new TaskCompletionSource();
        Script.Act = async (_, _, _) => await gate.Task;
        await Get()
            .CallAsync(agent =>
            {
                agent.Queue.Add("act", "blocks");
                var id = agent.Queue.Add("record", new Dictionary<string, string> { ["to"] = "ann" });
                agent.Queue.Add("record", "plain");
                agent.Queue.Find(id)!.Callback.ShouldBe("record");
                agent.Queue.List("to", JsonElement.Parse("\"ann\"")).ShouldHaveSingleItem().Id.ShouldBe(id);
                agent.Queue.List("to", JsonElement.Parse("\"bob\"")).ShouldBeEmpty();
                agent.Queue.Remove(id).ShouldBeTrue();
                agent.Queue.Remove(id).ShouldBeFalse();
                agent.Queue.RemoveAll("record").ShouldBe(1);
                agent.Queue.Clear().ShouldBe(1);
                Should.Throw<InvalidInputException>(() => agent.Queue.Add("missing", 1)).Field.ShouldBe("callback");
            });
        gate.SetResult();
        Script.Count("w plain").ShouldBe(0);
    }
}
