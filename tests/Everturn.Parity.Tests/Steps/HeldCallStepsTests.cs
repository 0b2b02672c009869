using System.Collections.Concurrent;
using System.Text.Json;
using Everturn.Agents;
using Everturn.Agents.Steps;
using Everturn.Approvals;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.Steps;

/// <summary>Calls that wait for somebody, or may happen once, in runs that a workflow of the application's own carries.</summary>
public sealed class HeldCallStepsTests : IAsyncDisposable
{
    private static readonly SessionKey Key = new("s");

    private readonly MemoryStore _store = new();
    private readonly ScriptedChatClient _model = new();
    private readonly ScriptedWorkflow.Script _script = new();
    private readonly List<ParityHost> _hosts = [];
    private readonly ConcurrentQueue<string> _done = [];
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AgentDefinition<string> _agent;
    private bool _holds;

    public HeldCallStepsTests() =>
        _agent = AgentDefinition
            .Create("worker")
            .WithTool((string text) => text.Length, options => options.Name = "count")
            .WithTool(
                ChargeAsync,
                options =>
                {
                    options.Name = "charge";
                    options.Effect = ToolEffect.AtMostOnce;
                }
            )
            .WithTool(
                ChargeAsync,
                options =>
                {
                    options.Name = "refund";
                    options.RequireApproval();
                }
            )
            .WithTool(AIFunctionFactory.CreateDeclaration("zone", "The time zone.", JsonElement.Parse("{}")))
            .WithRetry(new() { MaxRetries = 0 })
            .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_may_happen_once_happens_and_nobody_is_asked(bool leavesCalls)
    {
        var host = await StartAsync();
        _model.Enqueue(Charge("charge"), "done");

        var result = await DriveAsync(host, new("worker", "s", "go", LeavesCalls: leavesCalls));

        result.Status.ShouldBe(RunStatus.Completed);
        _done.ShouldBe(["ann"]);
        var call = (await host.Store.GetToolCallsAsync(Key, result.RunId, Token)).ShouldHaveSingleItem();
        (call.Status, call.Attempt).ShouldBe((ToolCallStatus.Succeeded, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_in_a_call_that_may_happen_once_suspends_the_run_until_somebody_says_what_became_of_it(
        bool leavesCalls
    )
    {
        var first = await StartAsync();
        _model.Enqueue(Charge("charge"), "done");
        _holds = true;
        await CreateAsync(first, new("worker", "s", "go", LeavesCalls: leavesCalls));
        await _reached.Task;

        _store.Kill(first.Services);
        var second = await StartAsync();
        var result = await WaitAsync(second);

        result.Status.ShouldBe(RunStatus.SuspendedClientTool);
        var asked = (await second.Approvals.ListAsync(new(), Token)).Items.ShouldHaveSingleItem();
        asked.Kind.ShouldBe(PendingCallKind.Effect);
        _holds = false;
        await second.Approvals.AnswerAsync(asked.ApprovalId, ToolAnswer.TryAgain(), cancellationToken: Token);
        (await ResumeAsync(second)).Output.ShouldBe("done");
        _done.ShouldBe(["ann"]);
        var runs = await second.RunsAsync("s");
        var call = (await second.Store.GetToolCallsAsync(Key, runs[1].RunId, Token)).ShouldHaveSingleItem();
        (call.Status, call.Attempt).ShouldBe((ToolCallStatus.Succeeded, 2));
    }

    [Fact]
    public async Task A_call_that_waits_is_not_the_workflows_and_the_next_step_suspends_the_run()
    {
        var host = await StartAsync();
        _model.Enqueue(Charge("refund").ThenToolCall("count", new() { ["text"] = "four" }, "count"));

        var result = await DriveAsync(host, new("worker", "s", "go"));

        result.Status.ShouldBe(RunStatus.SuspendedClientTool);
        (await host.ChunksAsync("s")).OfType<ToolEndChunk>().ShouldHaveSingleItem().ToolCallId.ShouldBe("count");
        _done.ShouldBeEmpty();
        await host.Approvals.SubmitAsync(Key, "call", ToolAnswer.Approve(), cancellationToken: Token);
        _model.Enqueue("done");
        (await ResumeAsync(host)).Output.ShouldBe("done");
        _done.ShouldBe(["ann"]);
        (await host.RunsAsync("s")).Select(run => run.Runtime).ShouldBe(["workflow:driving", "workflow"]);
    }

    [Fact]
    public async Task A_workflow_may_execute_an_approved_call_itself()
    {
        var host = await StartAsync();
        await SuspendAsync(host, Charge("refund"));
        await host.Approvals.SubmitAsync(Key, "call", ToolAnswer.Approve(), cancellationToken: Token);
        ToolCallResult? executed = null;
        _script.Carry = async (steps, step, run) =>
        {
            executed = await steps.ExecuteToolCallAsync(step, ExecuteToolCallInput.For(run, 1, "call"));
            return await steps.EndAgentStreamAsync(step, End(run));
        };

        var result = await (await Executor(host).ResumeAsync(_agent, Key, null, Token)).ResultAsync(Token);

        (result.Status, result.Output, executed!.Status).ShouldBe(
            (RunStatus.Completed, "mine", ToolCallStatus.Succeeded)
        );
        var runs = await host.RunsAsync("s");
        (await host.Store.GetToolCallsAsync(Key, runs[1].RunId, Token))[0].Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_a_run_keeps_an_answer_that_was_given_while_it_was_open()
    {
        var host = await StartAsync();
        await SuspendAsync(host, Charge("refund").ThenToolCall("zone", [], "zone").ThenToolCall("zone", [], "other"));
        await host.Approvals.SubmitAsync(Key, "call", ToolAnswer.Approve(), cancellationToken: Token);
        _holds = true;
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Carry = async (steps, step, run) =>
        {
            // The call keeps the run open with what it knew of its rows when it began.
            var call = steps.ExecuteToolCallAsync(step, ExecuteToolCallInput.For(run, 1, "call"));
            await answered.Task;
            var ended = await steps.EndAgentStreamAsync(step, End(run));
            _released.SetResult();
            await call;
            return ended;
        };
        var resumed = await Executor(host).ResumeAsync(_agent, Key, null, Token);
        await _reached.Task;

        await host.Approvals.SubmitAsync(
            Key,
            "zone",
            ToolAnswer.OfResult(JsonElement.Parse("\"CET\"")),
            cancellationToken: Token
        );
        answered.SetResult();

        (await resumed.ResultAsync(Token)).Output.ShouldBe("mine");
        (await AskedAsync(host, "zone")).Status.ShouldBe(PendingCallStatus.Answered);
        (await AskedAsync(host, "other")).Status.ShouldBe(PendingCallStatus.Withdrawn);
        var results = (await host.MessagesAsync("s")).Where(message => message.Role == MessageRole.Tool).ToList();
        results.Select(message => message.IsError).ShouldBe([true, false, true]);
        results[1].Content.ShouldBe("CET");
        (await host.ChunksAsync("s")).OfType<ToolEndChunk>().Count().ShouldBe(3);
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static ScriptedReply Charge(string tool) => ScriptedReply.ToolCall(tool, new() { ["who"] = "ann" }, "call");

    private static EndAgentStreamInput End(AgentWorkflowInput run) =>
        new()
        {
            SessionId = run.SessionId,
            RunId = run.RunId,
            Output = JsonSerializer.SerializeToElement("mine"),
        };

    private static async Task<PendingCallRecord> AskedAsync(ParityHost host, string callId) =>
        (await host.Store.GetPendingCallsOfToolCallAsync(Key, callId, Token))[0];

    private static Task<WorkflowInstance> CreateAsync(ParityHost host, DrivingWorkflow.Order order) =>
        host
            .Services.GetRequiredService<IWorkflowClient<DrivingWorkflow.Order, AgentWorkflowResult>>()
            .CreateAsync(order, "i-1", cancellationToken: Token);

    private static async Task<AgentWorkflowResult> WaitAsync(ParityHost host) =>
        (
            await host.Services.GetRequiredService<IWorkflowEngine>().WaitAsync(new("driving", "i-1"), Token)
        ).Output<AgentWorkflowResult>();

    private static async Task<AgentWorkflowResult> DriveAsync(ParityHost host, DrivingWorkflow.Order order)
    {
        await CreateAsync(host, order);
        return await WaitAsync(host);
    }

    private static WorkflowAgentExecutor Executor(ParityHost host) =>
        new(
            new()
            {
                Engine = host.Services.GetRequiredService<IWorkflowEngine>(),
                WorkflowName = "scripted",
                Services = host.Services,
                Store = host.Store,
                Streams = host.Services.GetRequiredService<SessionStreams>(),
                Agents = host.Services.GetRequiredService<AgentRegistry>(),
            }
        );

    private async Task SuspendAsync(ParityHost host, ScriptedReply reply)
    {
        _model.Enqueue(reply);
        var run = await host.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.SuspendedClientTool);
    }

    private async Task<AgentResult<string>> ResumeAsync(ParityHost host) =>
        await (await host.Executor.ResumeAsync(_agent, Key, cancellationToken: Token)).ResultAsync(Token);

    private async Task<string> ChargeAsync(string who)
    {
        if (_holds)
        {
            _reached.TrySetResult();
            await _released.Task;
        }

        _done.Enqueue(who);
        return "charged";
    }

    private async Task<ParityHost> StartAsync()
    {
        var host = await ParityHost.StartAsync(
            _store,
            _model,
            everturn =>
            {
                everturn.Services.AddSingleton(_script);
                everturn.AddAgent(_agent).AddWorkflow<DrivingWorkflow>().AddWorkflow<ScriptedWorkflow>();
            }
        );
        _hosts.Add(host);
        return host;
    }
}
