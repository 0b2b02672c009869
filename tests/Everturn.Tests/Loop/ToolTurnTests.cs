using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;

namespace Everturn.Tests.Loop;

public sealed partial class ToolTurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tool_is_called_with_its_arguments_and_the_model_gets_its_result()
    {
        var agent = AgentDefinition.Create("adder").WithTool(Add, o => o.Name = "add").Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.ToolCall("add", new() { ["left"] = 2, ["right"] = 3 }, "call-1"), "It is 5.");

        var run = await host.Executor.ExecuteAsync(agent, "2+3?", new() { SessionId = "s" }, Token);

        (await run.ResultAsync(Token)).Output.ShouldBe("It is 5.");
        var messages = await host.MessagesAsync("s");
        messages.Select(message => message.Role.Value).ShouldBe(["user", "assistant", "tool", "assistant"]);
        messages[2].Content.ShouldBe("5");
        (await host.ChunksAsync("s"))
            .Select(chunk => chunk.Type)
            .ShouldBe([
                "tool_start",
                "tool_end",
                "checkpoint_created",
                "step_committed",
                "text_delta",
                "output",
                "checkpoint_created",
                "step_committed",
            ]);
        (await host.RunsAsync("s")).ShouldHaveSingleItem().StepCount.ShouldBe(2);
    }

    [Fact]
    public async Task Parallel_tools_all_append_to_the_state()
    {
        var agent = AgentDefinition.Create("noter").WithState(Notes.Key).WithTool(Note, o => o.Name = "note").Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(
            ScriptedReply
                .ToolCall("note", new() { ["text"] = "a" })
                .ThenToolCall("note", new() { ["text"] = "b" })
                .ThenToolCall("note", new() { ["text"] = "c" }),
            "noted"
        );

        var run = await host.Executor.ExecuteAsync(agent, "note", new() { SessionId = "s" }, Token);
        await run.ResultAsync(Token);

        var state = Notes.Key.Read(await run.GetStateAsync(Token));
        state.Items.ShouldBe(["a", "b", "c"]);
        (await host.ChunksAsync("s")).OfType<StatePatchChunk>().ShouldHaveSingleItem().Patches.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_tool_that_throws_or_is_unknown_is_news_for_the_model()
    {
        var agent = AgentDefinition
            .Create("thrower")
            .WithTool(string () => throw new InvalidOperationException("broken"), o => o.Name = "broken")
            .Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.ToolCall("broken").ThenToolCall("absent"), "sorry");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);

        (await run.ResultAsync(Token)).Output.ShouldBe("sorry");
        var messages = await host.MessagesAsync("s");
        messages[2].IsError.ShouldBeTrue();
        messages[2].Content.ShouldBe("broken");
        messages[3].Content.ShouldNotBeNull().ShouldContain("There is no tool 'absent'");
        host.Model.Calls[1]
            .Messages[^1]
            .Contents.OfType<FunctionResultContent>()
            .Select(result => result.Exception?.Message)
            .ShouldBe([messages[2].Content, messages[3].Content]);
    }

    [Fact]
    public async Task Structured_output_comes_from_the_finish_tool_and_the_session_goes_on()
    {
        var agent = AgentDefinition.Create("reporter").WithOutput(ToolTestJson.Default.Report).Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(
            ScriptedReply.Finish(new() { ["title"] = 1 }),
            ScriptedReply.Finish(new() { ["title"] = "T", ["pages"] = 3 }),
            ScriptedReply.Finish(new() { ["title"] = "U", ["pages"] = 4 })
        );

        var run = await host.Executor.ExecuteAsync(agent, "report", new() { SessionId = "s" }, Token);
        var result = await run.ResultAsync(Token);

        result.Output.ShouldBe(new Report("T", 3));
        var messages = await host.MessagesAsync("s");
        messages[2].IsError.ShouldBeTrue();
        messages[^1].Content.ShouldBe("""{"acknowledged":true}""");
        (await (await run.SendAsync("another", Token)).ResultAsync(Token)).Output.ShouldBe(new Report("U", 4));
    }

    [Fact]
    public async Task A_run_that_uses_up_its_steps_fails_with_a_valid_transcript()
    {
        var agent = AgentDefinition.Create("looper").WithTool(Add, o => o.Name = "add").WithMaxSteps(2).Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        var call = ScriptedReply.ToolCall("add", new() { ["left"] = 1, ["right"] = 1 });
        host.Model.Enqueue(call, call, call);

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.MaxSteps);
        (await host.MessagesAsync("s")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Invariant_6_An_interrupt_in_the_middle_of_tools_closes_every_call()
    {
        var started = new TaskCompletionSource();
        var agent = AgentDefinition
            .Create("waiter")
            .WithTool(Add, o => o.Name = "add")
            .WithTool(
                async (CancellationToken token) =>
                {
                    started.TrySetResult();
                    await new TaskCompletionSource().Task.WaitAsync(token);
                },
                o => o.Name = "wait"
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(
            ScriptedReply.ToolCall("add", new() { ["left"] = 1, ["right"] = 1 }).ThenToolCall("wait"),
            "on we go"
        );

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await started.Task;
        await run.InterruptAsync(cancellationToken: Token);
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Interrupted);
        var messages = await host.MessagesAsync("s");
        messages.Count.ShouldBe(4);
        messages[3].IsError.ShouldBeTrue();
        (await (await run.SendAsync("go on", Token)).ResultAsync(Token)).Output.ShouldBe("on we go");
    }

    [Fact]
    public async Task An_interrupt_at_the_checkpoint_lets_the_step_complete()
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var agent = AgentDefinition
            .Create("stepper")
            .WithTool(
                async () =>
                {
                    started.TrySetResult();
                    await gate.Task;
                    return "done";
                },
                o => o.Name = "work"
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.ToolCall("work"), "never asked");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await started.Task;
        await run.InterruptAsync("later", InterruptMode.AtCheckpoint, Token);
        gate.SetResult();
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Interrupted);
        (await host.MessagesAsync("s"))[2].Content.ShouldBe("done");
        host.Model.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_state_over_its_limit_fails_the_run_with_a_valid_transcript()
    {
        var agent = AgentDefinition.Create("hoarder").WithState(Notes.Key).WithTool(Note, o => o.Name = "note").Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = new string('x', 1_100_000) }), "on we go");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.LimitExceeded);
        await host.MessagesAsync("s");
        (await (await run.SendAsync("go on", Token)).ResultAsync(Token)).Output.ShouldBe("on we go");
    }

    [Fact]
    public async Task A_tool_gets_its_services_and_a_stable_key()
    {
        string? key = null;
        TimeProvider? service = null;
        var agent = AgentDefinition
            .Create("keyed")
            .WithTool(
                (ToolContext context, IServiceProvider services) =>
                {
                    key = context.IdempotencyKey;
                    service = (TimeProvider?)services.GetService(typeof(TimeProvider));
                    context.Emit("progress");
                    return context.ToolCallId;
                },
                o =>
                {
                    o.Name = "show";
                    o.Effect = ToolEffect.Keyed;
                }
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.ToolCall("show", callId: "c"), "ok");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await run.ResultAsync(Token);

        key.ShouldNotBeNull().Length.ShouldBe(32);
        service.ShouldNotBeNull();
        var call = (await host.Store.GetToolCallsAsync(new("s"), run.RunId, Token)).ShouldHaveSingleItem();
        call.IdempotencyKey.ShouldBe(key);
        (await host.ChunksAsync("s")).OfType<CustomChunk>().ShouldHaveSingleItem().Name.ShouldBe("progress");
    }

    [Fact]
    public void A_tool_of_the_client_has_no_approval_and_no_effect_here()
    {
        var declaration = AIFunctionFactory.CreateDeclaration("zone", "", JsonElement.Parse("{}"));
        (string Field, Action<AgentToolOptions> Configure)[] bad =
        [
            ("RequireApproval", options => options.RequireApproval()),
            ("Effect", options => options.Effect = ToolEffect.AtMostOnce),
            ("AnswerWithin", options => options.AnswerWithin = TimeSpan.Zero),
            ("OnExpiry", options => options.OnExpiry = new("explode")),
        ];
        foreach (var (field, configure) in bad)
        {
            Should
                .Throw<InvalidInputException>(() => AgentDefinition.Create("mailer").WithTool(declaration, configure))
                .Field.ShouldBe(field);
        }
    }

    [Fact]
    public void A_function_that_says_so_itself_needs_approval()
    {
        var function = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(Add));

        AgentDefinition
            .Create("adder")
            .WithTool(function)
            .Build()
            .Tools.Values.Single()
            .NeedsApproval.ShouldNotBeNull();
    }

    [Description("Adds two numbers.")]
    private static int Add(int left, int right) => left + right;

    private static string Note(string text, ToolContext context)
    {
        context.UpdateState(Notes.Key, notes => notes with { Items = [.. notes.Items, text] });
        return "noted";
    }

    internal sealed record Report(string Title, int Pages);

    internal sealed record Notes
    {
        public static readonly StateKey<Notes> Key = StateKey.Create(ToolTestJson.Default.Notes, () => new Notes());

        public IReadOnlyList<string> Items { get; init; } = [];
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Report))]
    [JsonSerializable(typeof(Notes))]
    private sealed partial class ToolTestJson : JsonSerializerContext;
}
