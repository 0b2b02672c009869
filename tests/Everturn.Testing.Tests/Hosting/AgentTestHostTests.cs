using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Hosting;

public sealed class AgentTestHostTests
{
    private static readonly AgentDefinition<string> Writer = AgentDefinition
        .Create("writer")
        .WithTool((string of) => $"about {of}", o => o.Name = "look_up")
        .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_sees_the_result_the_transcript_the_stream_and_what_the_model_was_asked()
    {
        var model = new ScriptedChatClient(
            ScriptedReply.ToolCall("look_up", new() { ["of"] = "whales" }),
            ScriptedReply.Text("They ", "sing.")
        );
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Writer), model, cancellationToken: Token);

        var result = await host.RunAsync(Writer, "Tell me.", cancellationToken: Token);

        result.Output.ShouldBe("They sing.");
        model.RepliesLeft.ShouldBe(0);
        model.Calls[0].ToolNames.ShouldBe(["look_up"]);
        model.Calls[0].ToolResults.ShouldBeEmpty();
        model.Calls[1].ToolResults.ShouldBe(["about whales"]);
        (await host.MessagesAsync(cancellationToken: Token))
            .Select(message => message.Role)
            .ShouldBe([MessageRole.User, MessageRole.Assistant, MessageRole.Tool, MessageRole.Assistant]);
        (await host.ChunksAsync(cancellationToken: Token))
            .OfType<TextDeltaChunk>()
            .Select(chunk => chunk.Delta)
            .ShouldBe(["They ", "sing."]);
    }

    [Fact]
    public async Task The_same_session_again_is_the_next_turn_and_another_id_another_session()
    {
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(Writer), cancellationToken: Token);
        host.Model.Enqueue("one", "two", "three");

        await host.RunAsync(Writer, "a", cancellationToken: Token);
        await host.RunAsync(Writer, "b", cancellationToken: Token);
        await host.RunAsync(Writer, "c", "other", Token);

        (await host.MessagesAsync(cancellationToken: Token)).Count.ShouldBe(4);
        (await host.MessagesAsync("other", Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_of_a_killed_host_goes_on_in_one_that_joins()
    {
        var gate = new ReplyGate();
        await using var first = await AgentTestHost.StartAsync(e => e.AddAgent(Writer), cancellationToken: Token);
        first.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        await first.Executor.ExecuteAsync(Writer, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;

        await first.KillAsync();
        await using var second = await first.JoinAsync(Token);
        var run = await second.Executor.GetHandleAsync(Writer, "s", cancellationToken: Token);

        (await run!.ResultAsync(Token)).Output.ShouldBe("whole");
        (await second.ChunksAsync("s", Token)).ShouldContain(chunk => chunk is StepDiscardedChunk);
    }

    [Fact]
    public async Task A_virtual_clock_makes_a_silent_model_time_out_at_once()
    {
        var time = new VirtualTimeProvider();
        var gate = new ReplyGate();
        await using var host = await AgentTestHost.StartAsync(
            e => e.AddAgent(Writer),
            time: time,
            cancellationToken: Token
        );
        host.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate), "at last");

        var result = host.RunAsync(Writer, "go", cancellationToken: Token);
        await gate.Reached;
        while (!result.IsCompleted)
        {
            time.AdvanceToNext();
            await Task.Yield();
        }

        (await result).Output.ShouldBe("at last");
    }

    [Fact]
    public async Task Services_of_the_test_reach_the_tools()
    {
        var agent = AgentDefinition
            .Create("greeter")
            .WithTool((IGreeting greeting) => greeting.Text, o => o.Name = "greet")
            .Build();
        await using var host = await AgentTestHost.StartAsync(
            e => e.AddAgent(agent).Services.AddSingleton<IGreeting>(new Greeting("Ahoy")),
            cancellationToken: Token
        );
        host.Model.Enqueue(ScriptedReply.ToolCall("greet"), "done");

        await host.RunAsync(agent, "go", cancellationToken: Token);

        host.Model.Calls[1].ToolResults.ShouldBe(["Ahoy"]);
    }

    internal interface IGreeting
    {
        string Text { get; }
    }

    private sealed record Greeting(string Text) : IGreeting;
}
