using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing;
using Everturn.Testing.Models;

namespace Everturn.Tests.Hooks;

public sealed class HookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_hook_is_called_in_the_order_of_the_loop()
    {
        var hooks = new HookRecorder();
        var agent = AgentDefinition.Create("adder").WithTool(Add, o => o.Name = "add").WithHooks(hooks.Hooks).Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(ScriptedReply.ToolCall("add", new() { ["left"] = 2, ["right"] = 3 }), "It is 5.");

        await host.RunAsync(agent, "2+3?", cancellationToken: Token);
        await hooks.UntilAsync("complete It is 5.");

        hooks.Calls.ShouldBe([
            "start execute 2+3?",
            "before model 1.1",
            "after model 1.1",
            """before add {"left":2,"right":3}""",
            "after add True 5",
            "before model 2.1",
            "after model 2.1 It is 5.",
            "complete It is 5.",
        ]);
    }

    [Fact]
    public async Task Hooks_of_the_host_come_before_those_of_the_agent_each_in_their_order()
    {
        var calls = new HookRecorder();
        AgentHooks Named(string name) => new() { OnAgentStart = (_, _) => calls.Note(name) };
        var agent = AgentDefinition
            .Create("writer")
            .WithHooks(Named("agent 1"))
            .WithHooks(Named("agent 2"))
            .WithOutput(HookTestJson.Default.Tally)
            .Build();
        await using var host = await AgentTestHost.StartAsync(
            e => e.AddHooks(Named("host 1")).AddAgent(agent).AddHooks(_ => Named("host 2")),
            cancellationToken: Token
        );
        host.Model.Enqueue(ScriptedReply.Finish(new() { ["items"] = Array.Empty<string>() }));

        await host.RunAsync(agent, "go", cancellationToken: Token);

        calls.Calls.ShouldBe(["host 1", "host 2", "agent 1", "agent 2"]);
    }

    [Fact]
    public async Task A_hook_that_throws_at_any_point_never_kills_the_run()
    {
        static ValueTask Throw() => throw new InvalidOperationException("a hook's own trouble");
        var hooks = new AgentHooks
        {
            OnAgentStart = (_, _) => Throw(),
            BeforeModelCall = async (_, _) =>
            {
                await Task.Yield();
                await Throw();
            },
            AfterModelCall = (_, _) => Throw(),
            BeforeTool = (_, _) => Throw(),
            AfterTool = (_, _) => Throw(),
            OnAgentComplete = (_, _) => Throw(),
        };
        var log = new LogRecorder();
        var agent = AgentDefinition.Create("adder").WithTool(Add, o => o.Name = "add").WithHooks(hooks).Build();
        await using var host = await AgentTestHost.StartAsync(
            e => log.AddTo(e.AddAgent(agent).Services),
            cancellationToken: Token
        );
        host.Model.Enqueue(ScriptedReply.ToolCall("add", new() { ["left"] = 2, ["right"] = 3 }), "5");

        var result = await host.RunAsync(agent, "go", cancellationToken: Token);

        result.Status.ShouldBe(RunStatus.Completed, result.Error);
        await log.UntilAsync(1300, "OnAgentComplete");
        log.Of(1300).Select(entry => entry.Exception!.Message).ShouldBe(Enumerable.Repeat("a hook's own trouble", 8));
    }

    [Fact]
    public async Task A_hook_that_never_returns_is_left_behind()
    {
        var log = new LogRecorder();
        RunningHookContext? late = null;
        var agent = AgentDefinition
            .Create("writer")
            .WithHooks(
                new()
                {
                    OnAgentStart = (start, _) =>
                    {
                        late = start;
                        return new(new TaskCompletionSource().Task);
                    },
                }
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(
            e =>
                log.AddTo(
                    e.AddAgent(agent).ConfigureAgents(o => o.HookTimeout = TimeSpan.FromMilliseconds(1)).Services
                ),
            cancellationToken: Token
        );
        host.Model.Enqueue("done");

        (await host.RunAsync(agent, "go", cancellationToken: Token)).Output.ShouldBe("done");

        log.Of(1300).ShouldHaveSingleItem().Exception.ShouldBeOfType<TimeoutException>();
        Should.Throw<InvalidOperationException>(() => late!.Emit("too late"));
    }

    [Fact]
    public async Task Changes_of_state_by_hooks_are_stored_with_what_they_belong_to()
    {
        static void Add(RunningHookContext context, string item) =>
            context.UpdateState(Tally.Key, tally => tally with { Items = [.. tally.Items, item] });
        var seen = new List<IReadOnlyList<string>>();
        var hooks = new AgentHooks
        {
            OnAgentStart = (start, _) => Do(() => Add(start, "start")),
            BeforeModelCall = (call, _) => Do(() => Add(call, $"before {call.Step}")),
            AfterModelCall = (call, _) => Do(() => Add(call, $"after {call.Step}")),
            BeforeTool = (call, _) => Do(() => Add(call, "before tool")),
            AfterTool = (call, _) => Do(() => Add(call, $"after tool {call.Succeeded}")),
            OnAgentComplete = (end, _) => Do(() => seen.Add(end.GetState(Tally.Key).Items)),
        };
        var agent = AgentDefinition
            .Create("tallying")
            .WithInstructions(Tally.Key, tally => string.Join(',', tally.Items))
            .WithTool(Count, o => o.Name = "count")
            .WithTool(Break, o => o.Name = "break")
            .WithHooks(hooks)
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(ScriptedReply.ToolCall("count"), ScriptedReply.ToolCall("break"), "done");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await run.ResultAsync(Token);

        string[] expected =
        [
            "start",
            "before 1",
            "after 1",
            "before tool",
            "tool",
            "after tool True",
            "before 2",
            "after 2",
            "after tool False",
            "before 3",
            "after 3",
        ];
        Tally.Key.Read(await run.GetStateAsync(Token)).Items.ShouldBe(expected);
        host.Model.Calls.Select(call => call.Instructions)
            .ShouldBe(["start", string.Join(',', expected.Take(6)), string.Join(',', expected.Take(9))]);
        var checkpoint = (await host.Store.ListCheckpointsAsync(new("s"), new(10), Token)).Items[^1];
        JsonDocument
            .Parse(checkpoint.State)
            .RootElement.Deserialize(HookTestJson.Default.Tally)!
            .Items.ShouldBe(expected.Take(6));
        (await host.ChunksAsync("s")).OfType<StatePatchChunk>().Count().ShouldBe(5);
        await EventuallyAsync(() => seen.Count == 1);
        seen[0].ShouldBe(expected);
    }

    [Fact]
    public async Task A_repeated_model_call_repeats_its_hooks_and_keeps_only_the_last_ones_changes()
    {
        var hooks = new HookRecorder();
        var changing = new AgentHooks
        {
            OnAgentStart = (start, _) => Do(() => start.Emit("started")),
            BeforeModelCall = (call, _) =>
                Do(() =>
                {
                    call.Emit("asking");
                    call.RecordUsage("asked", 1);
                    call.UpdateState(Tally.Key, tally => tally with { Items = [.. tally.Items, $"{call.Attempt}"] });
                }),
        };
        var agent = AgentDefinition
            .Create("retrying")
            .WithState(Tally.Key)
            .WithRetry(new() { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) })
            .WithHooks(hooks.Hooks)
            .WithHooks(changing)
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(ScriptedReply.Text("wro").ThenFail(new HttpRequestException("cut")), "right");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        await run.ResultAsync(Token);
        await hooks.UntilAsync("complete right");

        hooks.Calls.ShouldBe([
            "start execute go",
            "before model 1.1",
            "after model 1.1 cut",
            "before model 1.2",
            "after model 1.2 right",
            "complete right",
        ]);
        Tally.Key.Read(await run.GetStateAsync(Token)).Items.ShouldBe(["2"]);
        (await host.Store.GetRollupAsync(new("s"), Token)).Custom["asked"].ShouldBe(1);
        var chunks = await host.ChunksAsync("s");
        var discarded = chunks.OfType<StepDiscardedChunk>().ShouldHaveSingleItem();
        chunks
            .OfType<CustomChunk>()
            .Where(chunk => chunk.Sequence > discarded.Sequence)
            .Select(chunk => chunk.Name)
            .ShouldBe(["started", "asking"]);
    }

    [Fact]
    public async Task A_hook_may_change_the_options_of_a_call_and_of_that_call_only()
    {
        var agent = AgentDefinition
            .Create("choosing")
            .WithTool(Count, o => o.Name = "count")
            .WithChatOptions(new() { ModelId = "large" })
            .WithHooks(
                new()
                {
                    BeforeModelCall = (call, _) =>
                        Do(() => call.Options.ModelId = call.Step == 1 ? "small" : call.Options.ModelId),
                }
            )
            .Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        host.Model.Enqueue(ScriptedReply.ToolCall("count"), "done");

        await host.RunAsync(agent, "go", cancellationToken: Token);

        host.Model.Calls.Select(call => call.Options!.ModelId).ShouldBe(["small", "large"]);
    }

    [Fact]
    public async Task A_run_that_fails_or_is_interrupted_ends_with_the_hook_for_it()
    {
        var hooks = new HookRecorder();
        var agent = AgentDefinition.Create("ending").WithRetry(new() { MaxRetries = 0 }).WithHooks(hooks.Hooks).Build();
        await using var host = await AgentTestHost.StartAsync(e => e.AddAgent(agent), cancellationToken: Token);
        var gate = new ReplyGate();
        host.Model.Enqueue(
            ScriptedReply.Fail(new HttpRequestException("no")),
            ScriptedReply.Text("half").ThenGate(gate)
        );

        await host.RunAsync(agent, "one", cancellationToken: Token);
        var run = await host.Executor.ExecuteAsync(agent, "two", new() { SessionId = "test" }, Token);
        await gate.Reached;
        await run.InterruptAsync("enough", cancellationToken: Token);
        await hooks.UntilAsync("interrupt enough");

        hooks.Calls.ShouldContain("fail model_failed no");
        hooks.Calls.ShouldContain("start execute two");
        hooks.Calls.ShouldContain("after model 1.1 half");
        hooks.Calls.ShouldNotContain(call => call.StartsWith("complete", StringComparison.Ordinal));
    }

    private static ValueTask Do(Action action)
    {
        action();
        return default;
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static int Add(int left, int right) => left + right;

    private static string Count(ToolContext context)
    {
        context.UpdateState(Tally.Key, tally => tally with { Items = [.. tally.Items, "tool"] });
        return "counted";
    }

    private static string Break(ToolContext context)
    {
        Count(context);
        throw new InvalidOperationException("broken");
    }
}
