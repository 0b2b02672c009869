using Everturn;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing;
using Everturn.Testing.Models;

namespace Snippets;

public sealed class TestingAgents
{
    [Fact]
    public async Task The_agent_looks_before_it_answers()
    {
        var model = new ScriptedChatClient(
            ScriptedReply.ToolCall("Look", new() { ["city"] = "Bergen" }),
            ScriptedReply.Text("It rains ", "in Bergen.")
        );
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Weather.Agent), model);

        var result = await host.RunAsync(Weather.Agent, "How is it in Bergen?");

        Assert.Equal("It rains in Bergen.", result.Output);
        Assert.Equal(["Rain in Bergen."], model.Calls[1].ToolResults);
        Assert.Equal(0, model.RepliesLeft);
    }

    [Fact]
    public async Task A_model_that_fails_once_is_asked_again()
    {
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Weather.Agent));
        host.Model.Enqueue(ScriptedReply.Text("It r").ThenFail(new HttpRequestException("cut")), "It rains.");

        var result = await host.RunAsync(Weather.Agent, "How is it?");

        Assert.Equal("It rains.", result.Output);
        Assert.Contains(await host.ChunksAsync(), chunk => chunk is StepDiscardedChunk);
    }

    [Fact]
    public async Task A_person_stops_it_in_the_middle_of_an_answer()
    {
        var gate = new ReplyGate();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Weather.Agent));
        host.Model.Enqueue(ScriptedReply.Text("It rains").ThenGate(gate).ThenText(" cats and dogs."));

        var run = await host.Executor.ExecuteAsync(Weather.Agent, "How is it?");
        await gate.Reached;
        await run.InterruptAsync("enough");

        Assert.Equal(RunStatus.Interrupted, (await run.ResultAsync()).Status);
    }

    [Fact]
    public async Task A_run_survives_its_process()
    {
        var gate = new ReplyGate();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Weather.Agent));
        host.Model.Enqueue(ScriptedReply.Text("It r").ThenGate(gate), "It rains.");
        var run = await host.Executor.ExecuteAsync(Weather.Agent, "How is it?", new() { SessionId = "s1" });
        await gate.Reached;

        await host.KillAsync();
        await using var next = await host.JoinAsync();

        var same = await next.Executor.GetHandleAsync(Weather.Agent, "s1");
        Assert.Equal("It rains.", (await same!.ResultAsync()).Output);
    }

    [Fact]
    public async Task A_silent_model_is_given_up_and_asked_again()
    {
        var time = new VirtualTimeProvider();
        var gate = new ReplyGate();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Weather.Agent), time: time);
        host.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate), "It rains.");

        var result = host.RunAsync(Weather.Agent, "How is it?");
        await gate.Reached;
        while (!result.IsCompleted)
        {
            time.AdvanceToNext();
            await Task.Yield();
        }

        Assert.Equal("It rains.", (await result).Output);
    }

    internal static ScriptedChatClient Script()
    {
        var model = new ScriptedChatClient("for everything else");
        model.ForAgent("You tell the weather.").Enqueue("It rains.", "It still rains.");
        model.For(call => call.LastUserText.Contains("tomorrow")).Always("Nobody knows.");
        return model;
    }
}
