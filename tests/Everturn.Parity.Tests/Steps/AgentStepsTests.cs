using Everturn.Agents;
using Everturn.Agents.Steps;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.Steps;

/// <summary>A workflow of an application's own drives an agent step by step.</summary>
public sealed class AgentStepsTests : IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly ScriptedChatClient _model = new();
    private readonly List<ParityHost> _hosts = [];
    private readonly AgentDefinition<string> _agent;
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _never = new();
    private int _noted;
    private bool _hangs;

    public AgentStepsTests() =>
        _agent = AgentDefinition
            .Create("worker")
            .WithState(Notes.Key)
            .WithTool(NoteAsync, options => options.Name = "note")
            .WithRetry(new() { MaxRetries = 0 })
            .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ScriptedReply TwoNotes =>
        ScriptedReply
            .ToolCall("note", new() { ["text"] = "a" }, "c1")
            .ThenToolCall("note", new() { ["text"] = "b" }, "c2");

    [Fact]
    public async Task A_workflow_of_the_applications_own_drives_an_agent_to_its_end()
    {
        var host = await StartAsync();
        _model.Enqueue(TwoNotes, "noted");

        var result = await RunAsync(host, new("worker", "s", "note it"));

        result.Status.ShouldBe(RunStatus.Completed);
        result.StepCount.ShouldBe(2);
        var run = (await host.RunsAsync("s")).ShouldHaveSingleItem();
        run.RunId.ShouldBe(result.RunId);
        run.Runtime.ShouldBe("workflow:driving");
        run.InstanceId.ShouldBe("i-1");
        (await host.MessagesAsync("s"))
            .Select(message => message.Content)
            .ShouldBe(["note it", null, "1", "1", "noted"]);
        var handle = (await host.Executor.GetHandleAsync(_agent, "s", "", Token))!;
        (await handle.ResultAsync(Token)).Output.ShouldBe("noted");
        Notes.Key.Read(await handle.GetStateAsync(Token)).Items.ShouldBe(["a", "b"]);
        (await host.ChunksAsync("s")).OfType<ToolEndChunk>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task The_session_goes_on_with_the_next_workflow_and_on_the_agents_own_runtime()
    {
        var host = await StartAsync();
        _model.Enqueue("one", "two", "three");

        await RunAsync(host, new("worker", "s", "first"));
        await RunAsync(host, new("worker", "s", "second"), "i-2");
        var handle = (await host.Executor.GetHandleAsync(_agent, "s", "", Token))!;
        (await (await handle.SendAsync("third", cancellationToken: Token)).ResultAsync(Token)).Output.ShouldBe("three");

        (await host.RunsAsync("s"))
            .Select(run => run.Runtime)
            .ShouldBe(["workflow:driving", "workflow:driving", "workflow"]);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_the_tools_repeats_no_finished_call()
    {
        var first = await StartAsync();
        _model.Enqueue(TwoNotes, "noted");
        _hangs = true;
        await CreateAsync(first, new("worker", "s", "note it"), "i-1");
        await _hanging.Task;
        await Poll.UntilAsync(
            new PollOptions<bool>
            {
                Check = async token => new((await first.ChunksAsync("s")).OfType<ToolEndChunk>().Any(), true),
                Interval = TimeSpan.FromMilliseconds(5),
            },
            Token
        );

        _store.Kill(first.Services);
        _hangs = false;
        var second = await StartAsync();
        var instance = await second
            .Services.GetRequiredService<IWorkflowEngine>()
            .WaitAsync(new("driving", "i-1"), Token);

        instance.Output<AgentWorkflowResult>().Status.ShouldBe(RunStatus.Completed);
        // One call finished before the crash; the other was begun twice.
        _noted.ShouldBe(3);
        var run = (await second.RunsAsync("s")).ShouldHaveSingleItem();
        var calls = await second.Store.GetToolCallsAsync(run.Session, run.RunId, Token);
        calls.Select(call => call.Attempt).Order().ShouldBe([1, 2]);
        (await second.MessagesAsync("s"))[^1].Content.ShouldBe("noted");
    }

    [Fact]
    public async Task A_run_that_is_interrupted_while_its_workflow_waits_ends_with_the_next_step()
    {
        var host = await StartAsync();
        _model.Enqueue(TwoNotes);
        await CreateAsync(host, new("worker", "s", "note it", Asks: true), "i-1");
        var engine = host.Services.GetRequiredService<IWorkflowEngine>();
        await Poll.UntilAsync(
            new PollOptions<bool>
            {
                Check = async token =>
                    new((await engine.GetAsync(new("driving", "i-1"), token)).Status == InstanceStatus.Waiting, true),
                Interval = TimeSpan.FromMilliseconds(5),
            },
            Token
        );

        await host.Executor.InterruptAsync(new("s"), "changed my mind", cancellationToken: Token);
        await engine.SendEventAsync(new("driving", "i-1"), "go", "\"go\""u8.ToArray(), Token);
        var result = (await engine.WaitAsync(new("driving", "i-1"), Token)).Output<AgentWorkflowResult>();

        result.Status.ShouldBe(RunStatus.Interrupted);
        result.Reason.ShouldBe("changed my mind");
        _noted.ShouldBe(0);
        await host.MessagesAsync("s");
    }

    [Theory]
    [InlineData("complete", "completed", null, null)]
    [InlineData("fail", "failed", "quality", "not good enough")]
    [InlineData("fail stream", "failed", "workflow_failed", "not good enough")]
    public async Task A_workflow_may_end_the_run_itself(string then, string status, string? reason, string? error)
    {
        var host = await StartAsync();
        _model.Enqueue(TwoNotes);

        var result = await RunAsync(host, new("worker", "s", "note it", Then: then));

        result.Status.Value.ShouldBe(status);
        result.Reason.ShouldBe(reason);
        await host.MessagesAsync("s");
        await host.ChunksAsync("s");
        var ended = await (await host.Executor.GetHandleAsync(_agent, "s", "", Token))!.ResultAsync(Token);
        ended.Error.ShouldBe(error);
        ended.Output.ShouldBe(then == "complete" ? "mine" : null);
        _noted.ShouldBe(0);
    }

    [Theory]
    [InlineData("unknown call", "toolCallId")]
    [InlineData("far step", "step")]
    public async Task What_repeating_does_not_mend_is_not_repeated_and_fails_the_run_with_its_workflow(
        string then,
        string field
    )
    {
        var host = await StartAsync();
        _model.Enqueue(TwoNotes);

        await CreateAsync(host, new("worker", "s", "note it", Then: then), "i-1");

        var result = await WaitForRunAsync(host, "s");
        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.InstanceLost);
        result.Error.ShouldNotBeNull().ShouldContain(field);
    }

    [Fact]
    public async Task A_session_that_runs_is_not_begun_again()
    {
        var host = await StartAsync();
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Empty.ThenGate(gate).ThenText("done"));
        await host.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;

        await CreateAsync(host, new("worker", "s", "me too"), "i-1");
        var engine = host.Services.GetRequiredService<IWorkflowEngine>();
        var instance = await engine.WaitAsync(new("driving", "i-1"), Token);
        gate.Release();

        instance.Status.ShouldBe(InstanceStatus.Errored);
        instance.Error!.Name.ShouldBe(nameof(AgentAlreadyRunningException));
        (await host.RunsAsync("s")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_workflow_that_is_terminated_fails_its_run()
    {
        var host = await StartAsync();
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Empty.ThenGate(gate));
        await CreateAsync(host, new("worker", "s", "go"), "i-1");
        await gate.Reached;

        await host
            .Services.GetRequiredService<IWorkflowEngine>()
            .TerminateAsync(new("driving", "i-1"), cancellationToken: Token);

        (await WaitForRunAsync(host, "s")).Reason.ShouldBe(RunReason.InstanceLost);
    }

    public async ValueTask DisposeAsync()
    {
        _never.TrySetResult();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<AgentResult<string>> WaitForRunAsync(ParityHost host, string sessionId)
    {
        var handle = await Poll.UntilAsync(
            new PollOptions<AgentHandle<string>>
            {
                Check = async token =>
                    await host.Executor.GetHandleAsync(AgentDefinition.Create("worker").Build(), sessionId, "", token)
                        is { } found
                        ? new(true, found)
                        : default,
                Interval = TimeSpan.FromMilliseconds(5),
            },
            Token
        );
        return await handle.ResultAsync(Token);
    }

    private static Task<WorkflowInstance> CreateAsync(ParityHost host, DrivingWorkflow.Order order, string id) =>
        host
            .Services.GetRequiredService<IWorkflowClient<DrivingWorkflow.Order, AgentWorkflowResult>>()
            .CreateAsync(order, id, cancellationToken: Token);

    private static Task<AgentWorkflowResult> RunAsync(
        ParityHost host,
        DrivingWorkflow.Order order,
        string id = "i-1"
    ) =>
        host
            .Services.GetRequiredService<IWorkflowClient<DrivingWorkflow.Order, AgentWorkflowResult>>()
            .RunAsync(order, id, Token);

    private async Task<int> NoteAsync(string text, ToolContext context)
    {
        Interlocked.Increment(ref _noted);
        if (_hangs && text == "b")
        {
            _hanging.TrySetResult();
            await _never.Task;
        }

        context.UpdateState(Notes.Key, notes => new([.. notes.Items, text]));
        return text.Length;
    }

    private async Task<ParityHost> StartAsync()
    {
        var host = await ParityHost.StartAsync(
            _store,
            _model,
            everturn => everturn.AddAgent(_agent).AddWorkflow<DrivingWorkflow>()
        );
        _hosts.Add(host);
        return host;
    }
}
