using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.InProcess;

/// <summary>In-process runs whose host died: kernel rules 3, "a run whose node is dead".</summary>
public sealed class LostHostTests : IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly ScriptedChatClient _model = new();
    private readonly List<ParityHost> _hosts = [];
    private readonly TaskCompletionSource _never = new();
    private readonly TaskCompletionSource _toolRuns = new();
    private readonly AgentDefinition<string> _agent;
    private int _noted;
    private int _hung;

    public LostHostTests() =>
        _agent = AgentDefinition
            .Create("worker")
            .WithState(Notes.Key)
            .WithTool(Note, options => options.Name = "note")
            .WithTool(HangAsync, options => options.Name = "hang")
            .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_in_the_middle_of_an_answer_is_marked_and_what_it_had_streamed_is_void()
    {
        var first = await StartAsync();
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Text("half").ThenGate(gate));
        var run = await first.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;

        _store.Kill(first.Services);
        var second = await StartAsync();
        var result = await (await second.Executor.GetHandleAsync(_agent, "s", "", Token))!.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Interrupted);
        result.Reason.ShouldBe(RunReason.HostLost);
        var chunks = await second.ChunksAsync("s");
        chunks.Select(chunk => chunk.Type).ShouldBe(["text_delta", "step_discarded", "run_interrupted"]);
        (await second.MessagesAsync("s")).Select(message => message.Content).ShouldBe(["go"]);
        var record = (await second.RunsAsync("s")).ShouldHaveSingleItem();
        record.Runtime.ShouldBe(AgentRuntimes.InProcess);
        record.RunId.ShouldBe(run.RunId);
    }

    [Fact]
    public async Task A_run_in_the_middle_of_its_tools_goes_on_there_when_it_is_resumed_and_repeats_no_finished_call()
    {
        var first = await StartAsync();
        _model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }, "c1").ThenToolCall("hang", callId: "c2"),
            "goes on"
        );
        var run = await first.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await _toolRuns.Task;
        await foreach (var chunk in run.StreamAsync(cancellationToken: Token))
        {
            if (chunk is ToolEndChunk)
            {
                break;
            }
        }

        _store.Kill(first.Services);
        var second = await StartAsync();
        var handle = (await second.Executor.GetHandleAsync(_agent, "s", "", Token))!;
        var result = await handle.ResultAsync(Token);

        result.Reason.ShouldBe(RunReason.HostLost);
        (await handle.CanResumeAsync(Token)).CanResume.ShouldBeTrue();
        _never.TrySetResult();
        var resumed = await handle.ResumeAsync(cancellationToken: Token);
        (await resumed.ResultAsync(Token)).Output.ShouldBe("goes on");
        var messages = await second.MessagesAsync("s");
        messages.Select(message => message.Role.Value).ShouldBe(["user", "assistant", "tool", "tool", "assistant"]);
        messages.ShouldAllBe(message => !message.IsError);
        Notes.Key.Read(await resumed.GetStateAsync(Token)).Items.ShouldBe(["a"]);
        _noted.ShouldBe(1);
        _hung.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_was_to_be_interrupted_ends_for_the_reason_that_was_given()
    {
        var first = await StartAsync();
        _model.Enqueue(ScriptedReply.ToolCall("hang"));
        var run = await first.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await _toolRuns.Task;
        await run.InterruptAsync("enough", InterruptMode.AtCheckpoint, Token);

        _store.Kill(first.Services);
        var second = await StartAsync();

        var result = await (await second.Executor.GetHandleAsync(_agent, "s", "", Token))!.ResultAsync(Token);
        result.Status.ShouldBe(RunStatus.Interrupted);
        result.Reason.ShouldBe("enough");
    }

    [Fact]
    public async Task A_run_that_was_to_be_aborted_is_aborted_and_its_calls_are_closed()
    {
        var first = await StartAsync();
        _model.Enqueue(ScriptedReply.ToolCall("hang"));
        var run = await first.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await _toolRuns.Task;
        _store.Kill(first.Services);
        await run.AbortAsync("no more", Token);

        var second = await StartAsync();

        var handle = (await second.Executor.GetHandleAsync(_agent, "s", "", Token))!;
        var result = await handle.ResultAsync(Token);
        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.Aborted);
        (await second.MessagesAsync("s"))[^1].IsError.ShouldBeTrue();
        (await handle.CanResumeAsync(Token)).CanResume.ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_without_code_for_the_agent_leaves_the_run_to_one_that_has()
    {
        var first = await StartAsync();
        _model.Enqueue(ScriptedReply.ToolCall("hang"));
        await first.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await _toolRuns.Task;
        _store.Kill(first.Services);
        var stranger = AgentDefinition.Create("stranger").Build();
        _model.Enqueue(ScriptedReply.ToolCall("none"), "done");

        var second = await StartAsync(stranger);
        // Once a run of its own is over, it has looked at what the dead host left.
        await (await second.Executor.ExecuteAsync(stranger, "go", new() { SessionId = "t" }, Token)).ResultAsync(Token);

        (await second.RunsAsync("s")).ShouldHaveSingleItem().Status.ShouldBe(RunStatus.Running);
        var third = await StartAsync();
        var result = await (await third.Executor.GetHandleAsync(_agent, "s", "", Token))!.ResultAsync(Token);
        result.Reason.ShouldBe(RunReason.HostLost);
    }

    [Fact]
    public async Task A_host_that_lost_its_place_writes_nothing_more()
    {
        var first = await StartAsync();
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Text("half").ThenGate(gate).ThenText(" whole"));
        await first.Executor.ExecuteAsync(_agent, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;
        _store.Kill(first.Services);
        var second = await StartAsync();
        await (await second.Executor.GetHandleAsync(_agent, "s", "", Token))!.ResultAsync(Token);
        var before = await second.ChunksAsync("s");

        gate.Release();
        await first.StopAsync(Token);

        (await second.ChunksAsync("s")).Count.ShouldBe(before.Count);
    }

    [Fact]
    public async Task What_a_lost_run_still_asked_for_is_withdrawn_when_a_message_that_waited_begins()
    {
        var agent = AgentDefinition
            .Create("desk")
            .WithTool(
                HangAsync,
                options =>
                {
                    options.Name = "hang";
                    options.RequireApproval();
                }
            )
            .Build();
        var first = await StartAsync(agent);
        _model.Enqueue(ScriptedReply.ToolCall("hang", callId: "c1").ThenToolCall("hang", callId: "c2"), "next");
        var run = await first.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        await first.Approvals.SubmitAsync(run.Session, "c1", ToolAnswer.Approve(), cancellationToken: Token);
        await first.Executor.ResumeAsync(agent, run.Session, cancellationToken: Token);
        await _toolRuns.Task;
        var waiting = await first.Executor.ExecuteAsync(
            agent,
            "and now?",
            new() { SessionId = "s", DoubleTexting = DoubleTexting.Enqueue },
            Token
        );

        // What is left of the first host here would begin the message too, which a dead process does not.
        first.Services.GetRequiredService<AgentRegistry>().Unregister(agent.Name);
        _store.Kill(first.Services);
        var second = await StartAsync(agent);
        var next = (await second.Executor.GetHandleAsync(run.Session, waiting.RunId, Token))!;

        (await next.WaitAsync(Token)).Status.ShouldBe(RunStatus.Completed);
        (await second.Approvals.ListAsync(new(), Token)).Items.ShouldBeEmpty();
        var asked = await second.Store.GetPendingCallsOfToolCallAsync(run.Session, "c2", Token);
        asked[0].Status.ShouldBe(PendingCallStatus.Withdrawn);
        var messages = await second.MessagesAsync("s");
        messages
            .Select(message => message.Role.Value)
            .ShouldBe(["user", "assistant", "tool", "tool", "user", "assistant"]);
    }

    public async ValueTask DisposeAsync()
    {
        _never.TrySetResult();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private int Note(string text, ToolContext context)
    {
        Interlocked.Increment(ref _noted);
        context.UpdateState(Notes.Key, notes => new([.. notes.Items, text]));
        return text.Length;
    }

    private async Task HangAsync()
    {
        Interlocked.Increment(ref _hung);
        _toolRuns.TrySetResult();
        await _never.Task;
    }

    private async Task<ParityHost> StartAsync(AgentDefinition? agent = null)
    {
        var host = await ParityHost.StartAsync(
            _store,
            _model,
            everturn => everturn.AddAgent(agent ?? _agent, options => options.OnRuntime(AgentRuntimes.InProcess))
        );
        _hosts.Add(host);
        return host;
    }
}
