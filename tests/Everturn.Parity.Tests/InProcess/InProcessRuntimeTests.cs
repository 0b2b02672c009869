using Everturn.Agents;
using Everturn.Memory;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.InProcess;

public sealed class InProcessRuntimeTests : IAsyncDisposable
{
    private static readonly AgentDefinition<string> Writer = AgentDefinition.Create("writer").Build();
    private static readonly AgentDefinition<string> Other = AgentDefinition.Create("other").Build();

    private readonly MemoryStore _store = new();
    private readonly ScriptedChatClient _model = new();
    private readonly List<ParityHost> _hosts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runtimes_stand_side_by_side_and_runs_say_which_carried_them()
    {
        var host = await StartAsync(everturn =>
            everturn.AddAgent(Writer, options => options.OnRuntime(AgentRuntimes.InProcess)).AddAgent(Other)
        );
        _model.Enqueue("one", "two");

        await RunAsync(host, Writer, "w");
        await RunAsync(host, Other, "o");

        (await host.RunsAsync("w")).ShouldHaveSingleItem().Runtime.ShouldBe("in-process");
        (await host.RunsAsync("o")).ShouldHaveSingleItem().Runtime.ShouldBe("workflow");
        var engine = host.Services.GetRequiredService<IWorkflowEngine>();
        await Should.ThrowAsync<InstanceNotFoundException>(() =>
            engine.GetAsync(new("", "agent__writer", "agent__writer__w"), Token)
        );
        // The instance ends a moment after its run.
        (await engine.WaitAsync(new("", "agent__other", "agent__other__o"), Token)).Status.ShouldBe(
            InstanceStatus.Complete
        );
    }

    [Fact]
    public async Task A_default_runtime_holds_for_the_agents_that_were_told_nothing()
    {
        var host = await StartAsync(everturn =>
            everturn
                .AddAgent(Writer)
                .UseRuntime(AgentRuntimes.InProcess)
                .AddAgent(Other, options => options.OnRuntime(AgentRuntimes.Workflow))
        );
        _model.Enqueue("one", "two");

        (await RunAsync(host, Writer, "w")).Runtime.ShouldBe("in-process");
        (await RunAsync(host, Other, "o")).Runtime.ShouldBe("workflow");
    }

    [Fact]
    public async Task A_session_moves_to_the_runtime_that_its_agent_has_now_and_goes_on()
    {
        var before = await StartAsync(everturn => everturn.AddAgent(Writer));
        _model.Enqueue("one", "two", "three");
        await RunAsync(before, Writer, "s");
        var after = await StartAsync(everturn => everturn.AddAgent(Writer).UseRuntime(AgentRuntimes.InProcess));

        await RunAsync(after, Writer, "s");
        await RunAsync(before, Writer, "s");

        var runs = await after.RunsAsync("s");
        runs.Select(run => run.Runtime).ShouldBe(["workflow", "in-process", "workflow"]);
        runs.Select(run => run.Turn).ShouldBe([1, 2, 3]);
        (await after.MessagesAsync("s"))
            .Select(message => message.Content)
            .ShouldBe(["go", "one", "go", "two", "go", "three"]);
        await after.ChunksAsync("s");
    }

    [Fact]
    public void A_runtime_that_is_not_there_is_refused_by_name()
    {
        var everturn = new EverturnBuilder(new ServiceCollection());

        Should
            .Throw<InvalidInputException>(() => everturn.AddAgent(Writer, options => options.OnRuntime("cloud")))
            .Field.ShouldBe("runtime");
        Should.Throw<InvalidInputException>(() => everturn.UseRuntime("cloud")).Field.ShouldBe("runtime");
    }

    [Fact]
    public async Task A_host_that_stops_in_good_order_ends_its_runs_with_what_they_had_said()
    {
        var host = await StartAsync(everturn => everturn.AddAgent(Writer).UseRuntime(AgentRuntimes.InProcess));
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "more");
        await host.Executor.ExecuteAsync(Writer, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;

        await host.StopAsync(Token);

        var run = (await host.RunsAsync("s")).ShouldHaveSingleItem();
        run.Status.ShouldBe(RunStatus.Interrupted);
        run.Reason.ShouldBe(RunReason.HostStopped);
        (await host.MessagesAsync("s"))[1].Content.ShouldBe("half");
        var next = await StartAsync(everturn => everturn.AddAgent(Writer).UseRuntime(AgentRuntimes.InProcess));
        (await RunAsync(next, Writer, "s")).Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public async Task A_host_that_cannot_wait_leaves_its_run_to_be_found()
    {
        var deaf = AgentDefinition
            .Create("deaf")
            .WithTool(() => new TaskCompletionSource().Task, options => options.Name = "hang")
            .Build();
        var started = new TaskCompletionSource();
        var host = await StartAsync(everturn =>
        {
            everturn.AddAgent(deaf).UseRuntime(AgentRuntimes.InProcess);
            everturn.ConfigureAgents(options => options.ToolStopGrace = Timeout.InfiniteTimeSpan);
        });
        _model.Enqueue(
            ScriptedReply
                .ToolCall("hang")
                .ThenWait(_ =>
                {
                    started.TrySetResult();
                    return default;
                })
        );
        await host.Executor.ExecuteAsync(deaf, "go", new() { SessionId = "s" }, Token);
        await started.Task;

        await host.StopAsync(new CancellationToken(canceled: true));

        (await host.RunsAsync("s")).ShouldHaveSingleItem().Status.ShouldBe(RunStatus.Running);
        _store.Kill(host.Services);
        var next = await StartAsync(everturn => everturn.AddAgent(deaf).UseRuntime(AgentRuntimes.InProcess));
        var result = await (await next.Executor.GetHandleAsync(deaf, "s", "", Token))!.ResultAsync(Token);
        result.Status.ShouldBe(RunStatus.Interrupted);
    }

    [Fact]
    public async Task A_run_accepted_by_a_host_that_had_lost_its_place_is_executed_by_a_living_one()
    {
        var host = await StartAsync(everturn => everturn.AddAgent(Writer).UseRuntime(AgentRuntimes.InProcess));
        _store.Kill(host.Services);
        await host.Services.GetRequiredService<InMemoryNodeDirectory>().FenceDeadNodesAsync(Token);
        _model.Enqueue("done");

        var run = await host.Executor.ExecuteAsync(Writer, "go", new() { SessionId = "s" }, Token);

        run.Run.Owner.ShouldBeNull();
        await StartAsync(everturn => everturn.AddAgent(Writer).UseRuntime(AgentRuntimes.InProcess));
        (await run.ResultAsync(Token)).Output.ShouldBe("done");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<RunRecord> RunAsync(ParityHost host, AgentDefinition<string> agent, string sessionId)
    {
        var handle = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = sessionId }, Token);
        var result = await handle.ResultAsync(Token);
        result.Status.ShouldBe(RunStatus.Completed, result.Error);
        return (await host.RunsAsync(sessionId))[^1];
    }

    private async Task<ParityHost> StartAsync(Action<EverturnBuilder> configure)
    {
        var host = await ParityHost.StartAsync(_store, _model, configure);
        _hosts.Add(host);
        return host;
    }
}
