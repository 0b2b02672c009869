using Everturn.Agents;
using Everturn.Agents.Steps;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.Steps;

/// <summary>The Workflows example of seed 001: a workflow of the application's own, and an executor made by hand.</summary>
public sealed class WorkflowAgentExecutorTests : IAsyncDisposable
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("mine")
        .WithState(Notes.Key)
        .WithTool((string text) => text, options => options.Name = "note")
        .Build();

    private readonly MemoryStore _store = new();
    private readonly ScriptedChatClient _model = new();
    private readonly List<ParityHost> _hosts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_executes_on_the_workflow_it_is_given_and_finds_its_runs()
    {
        var host = await StartAsync();
        var executor = Executor(host);
        _model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "a" }), "one", "two");

        var run = await executor.ExecuteAsync(Agent, "Hello", new() { SessionId = "s.1" }, Token);
        (await run.ResultAsync(Token)).Output.ShouldBe("one");
        var next = await run.SendAsync("and again", cancellationToken: Token);
        (await next.ResultAsync(Token)).Output.ShouldBe("two");

        var found = await executor.GetHandleAsync(Agent, "s.1", cancellationToken: Token);
        found!.RunId.ShouldBe(next.RunId);
        var runs = await host.RunsAsync("s.1");
        runs.Select(record => record.Runtime).ShouldBe(["workflow:agent-workflow", "workflow:agent-workflow"]);
        runs.Select(record => record.InstanceId).ShouldBe(["agent__mine__s.1", "agent__mine__s.1__turn__2"]);
        var instance = await host
            .Services.GetRequiredService<IWorkflowEngine>()
            .WaitAsync(new("agent-workflow", "agent__mine__s.1"), Token);
        var result = instance.Output<AgentWorkflowResult>();
        result.Validate();
        result.Status.ShouldBe(RunStatus.Completed);
        result.StepCount.ShouldBe(2);
    }

    [Fact]
    public async Task Its_runs_are_interrupted_and_resumed_like_any()
    {
        var host = await StartAsync();
        var executor = Executor(host);
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await executor.ExecuteAsync(Agent, "Hello", new() { SessionId = "s" }, Token);
        await gate.Reached;

        await run.InterruptAsync("wait", cancellationToken: Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.Interrupted);
        (await run.CanResumeAsync(Token)).CanResume.ShouldBeTrue();
        var resumed = await run.ResumeAsync(cancellationToken: Token);

        (await resumed.ResultAsync(Token)).Output.ShouldBe("whole");
        (await host.RunsAsync("s"))[1].Runtime.ShouldBe("workflow:agent-workflow");
    }

    [Fact]
    public async Task Its_runs_survive_the_death_of_their_host()
    {
        var first = await StartAsync();
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        await Executor(first).ExecuteAsync(Agent, "Hello", new() { SessionId = "s" }, Token);
        await gate.Reached;

        _store.Kill(first.Services);
        var second = await StartAsync();
        var run = await Executor(second).GetHandleAsync(Agent, "s", cancellationToken: Token);

        (await run!.ResultAsync(Token)).Output.ShouldBe("whole");
        (await second.ChunksAsync("s")).OfType<StepDiscardedChunk>().Count().ShouldBe(1);
        gate.Release();
    }

    [Fact]
    public async Task An_agent_it_does_not_know_is_refused()
    {
        var host = await StartAsync();

        var refused = await Should.ThrowAsync<AgentNotFoundException>(() =>
            Executor(host).ExecuteAsync("unknown", "Hello", null, Token)
        );

        refused.AvailableTypes.ShouldBe(["mine"]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static WorkflowAgentExecutor Executor(ParityHost host) =>
        new(
            new()
            {
                Engine = host.Services.GetRequiredService<IWorkflowEngine>(),
                WorkflowName = "agent-workflow",
                Services = host.Services,
                Store = host.Store,
                Streams = host.Services.GetRequiredService<SessionStreams>(),
                Agents = host.Services.GetRequiredService<AgentRegistry>(),
            }
        );

    private async Task<ParityHost> StartAsync()
    {
        var registry = new AgentRegistry();
        registry.Register(Agent);
        var host = await ParityHost.StartAsync(
            _store,
            _model,
            everturn => everturn.AddAgents(registry).AddWorkflow<AgentWorkflow>()
        );
        _hosts.Add(host);
        return host;
    }

    [Workflow("agent-workflow")]
    private sealed class AgentWorkflow(AgentWorkflowRunner runner) : Workflow<AgentWorkflowInput, AgentWorkflowResult>
    {
        public override Task<AgentWorkflowResult> RunAsync(
            WorkflowEvent<AgentWorkflowInput> trigger,
            WorkflowStep step,
            CancellationToken cancellationToken
        ) => runner.RunAsync(trigger, step, cancellationToken);
    }
}
