using Everturn.Agents;
using Everturn.Testing;
using Everturn.Testing.Models;

namespace Everturn.Tests.Hooks;

/// <summary>Hooks run at least once: again where the process died before what they belong to was stored, and only there.</summary>
public sealed class HookRecoveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hooks_of_a_model_call_that_was_never_recorded_run_again_in_the_next_process()
    {
        var hooks = new HookRecorder();
        var agent = AgentDefinition.Create("writer").WithHooks(hooks.Hooks).Build();
        var gate = new ReplyGate();
        await using var first = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        first.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        await first.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;

        await first.KillAsync();
        await using var second = await first.JoinAsync(Token);
        await hooks.UntilAsync("complete whole");

        hooks.Calls.ShouldBe([
            "start execute go",
            "before model 1.1",
            "start execute go",
            "before model 1.1",
            "after model 1.1 whole",
            "complete whole",
        ]);
    }

    [Fact]
    public async Task Hooks_of_a_recorded_model_call_and_of_a_recorded_tool_do_not_run_again()
    {
        var hooks = new HookRecorder();
        var reached = new TaskCompletionSource();
        var agent = AgentDefinition
            .Create("worker")
            .WithTool(() => "quick", o => o.Name = "quick")
            .WithTool(
                async (CancellationToken cancellationToken) =>
                {
                    if (reached.TrySetResult())
                    {
                        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                    }

                    return "slow";
                },
                o => o.Name = "slow"
            )
            .WithHooks(hooks.Hooks)
            .Build();
        await using var first = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        first.Model.Enqueue(ScriptedReply.ToolCall("quick").ThenToolCall("slow"), "done");
        await first.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await reached.Task;
        var run = (await first.Store.GetCurrentRunAsync(new("s"), Token))!;
        while (!(await first.Store.GetToolCallsAsync(new("s"), run.RunId, Token))[0].Status.HasOutcome)
        {
            await Task.Yield();
        }

        await first.KillAsync();
        await using var second = await first.JoinAsync(Token);
        await hooks.UntilAsync("complete done");

        hooks.Calls.Count(call => call == "before model 1.1").ShouldBe(1);
        hooks.Calls.Count(call => call == "after quick True quick").ShouldBe(1);
        hooks.Calls.Count(call => call == "before slow {}").ShouldBe(2);
        hooks.Calls.Count(call => call == "after slow True slow").ShouldBe(1);
        hooks.Calls.Count(call => call == "start execute go").ShouldBe(2);
    }

    [Fact]
    public async Task A_process_that_dies_in_the_last_hook_leaves_it_to_the_next_one()
    {
        var calls = new HookRecorder();
        var reached = new TaskCompletionSource();
        var agent = AgentDefinition
            .Create("writer")
            .WithHooks(
                new()
                {
                    OnAgentComplete = async (_, cancellationToken) =>
                    {
                        if (reached.TrySetResult())
                        {
                            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                        }

                        await calls.Note("complete");
                    },
                }
            )
            .Build();
        await using var first = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        first.Model.Enqueue("done");
        await first.RunAsync(agent, "go", cancellationToken: Token);
        await reached.Task;

        await first.KillAsync();
        await using var second = await first.JoinAsync(Token);

        await calls.UntilAsync("complete");
        calls.Calls.ShouldBe(["complete"]);
    }
}
