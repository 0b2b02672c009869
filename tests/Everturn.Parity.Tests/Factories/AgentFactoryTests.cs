using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Hosts;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Parity.Tests.Factories;

/// <summary>Agents that a factory makes for each run, on every runtime.</summary>
public sealed class AgentFactoryTests : IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly ScriptedChatClient _model = new();
    private readonly List<AgentFactoryContext> _made = [];
    private readonly List<ParityHost> _hosts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgentRuntimes.InProcess)]
    [InlineData(AgentRuntimes.Workflow)]
    public async Task A_factory_is_asked_once_for_each_execution_and_told_whose_it_is(string runtime)
    {
        var host = await StartAsync(runtime);
        _model.Enqueue("one", "two");

        var first = await host.Executor.ExecuteAsync("made", "hi", new() { SessionId = "s", UserId = "ada" }, Token);
        await first.WaitAsync(Token);
        var second = await host.Executor.ExecuteAsync("made", "hi", new() { SessionId = "s" }, Token);
        await second.WaitAsync(Token);

        _made.Select(context => context.RunId).ShouldBe([first.RunId, second.RunId]);
        _made.Select(context => context.SessionId).ShouldBe(["s", "s"]);
        _made.Select(context => context.UserId).ShouldBe(["ada", "ada"]);
        _made[0].Services.GetRequiredService<ISessionStore>().ShouldBeSameAs(host.Store);
        _model
            .Calls.Select(call => call.Instructions)
            .ShouldBe([$"You are {first.RunId}.", $"You are {second.RunId}."]);
    }

    [Fact]
    public async Task Recovery_asks_the_factory_again()
    {
        var first = await StartAsync(AgentRuntimes.Workflow);
        var gate = new ReplyGate();
        _model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await first.Executor.ExecuteAsync("made", "hi", new() { SessionId = "s" }, Token);
        await gate.Reached;
        _store.Kill(first.Services);

        var second = await StartAsync(AgentRuntimes.Workflow);
        var result = await (await second.Executor.GetHandleAsync(new SessionKey("s"), Token))!.WaitAsync(Token);

        result.Status.ShouldBe(RunStatus.Completed, result.Error);
        _made.Select(context => context.RunId).ShouldBe([run.RunId, run.RunId]);
        gate.Release();
    }

    [Fact]
    public async Task A_definition_handed_in_gives_the_output_its_type()
    {
        var host = await StartAsync(AgentRuntimes.InProcess);
        _model.Enqueue("text");
        var text = AgentDefinition.Create("made").Build();
        var report = AgentDefinition.Create("made").WithOutput(ParityJson.Default.Report).Build();

        var run = await host.Executor.ExecuteAsync(text, "hi", null, Token);

        (await run.ResultAsync(Token)).Output.ShouldBe("text");
        var refused = await Should.ThrowAsync<InvalidInputException>(() =>
            host.Executor.ExecuteAsync(report, "hi", null, Token)
        );
        refused.Field.ShouldBe("agent");
    }

    [Fact]
    public async Task A_factory_that_fails_refuses_the_run_and_nothing_is_written()
    {
        var host = await StartAsync(AgentRuntimes.InProcess, _ => throw new NotSupportedException("no key"));

        await Should.ThrowAsync<NotSupportedException>(() =>
            host.Executor.ExecuteAsync("made", "hi", new() { SessionId = "s" }, Token)
        );

        (await host.Store.GetSessionAsync(new("s"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_factory_that_fails_for_one_session_holds_up_the_answers_of_no_other()
    {
        var fails = false;
        var host = await StartAsync(
            AgentRuntimes.Workflow,
            context =>
                fails && context.SessionId == "bad"
                    ? throw new NotSupportedException("no key")
                    : AgentDefinition
                        .Create("made")
                        .WithTool(
                            () => "sent",
                            options =>
                            {
                                options.Name = "send";
                                options.RequireApproval();
                            }
                        )
                        .Build()
        );
        foreach (var session in new[] { "bad", "good" })
        {
            _model.Enqueue(ScriptedReply.ToolCall("send", callId: "call"));
            var run = await host.Executor.ExecuteAsync("made", "hi", new() { SessionId = session }, Token);
            (await run.WaitAsync(Token)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        }

        _model.Enqueue("good", "bad");
        fails = true;
        await AnswerAsync("bad");
        await AnswerAsync("good");

        await CompletesAsync("good");
        fails = false;
        await CompletesAsync("bad");

        Task AnswerAsync(string session) =>
            host.Approvals.SubmitAsync(new(session), "call", ToolAnswer.Approve(), new() { Resume = true }, Token);

        Task CompletesAsync(string session) =>
            Eventually.TrueAsync(async () => (await host.RunsAsync(session))[^1].Status == RunStatus.Completed, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private async Task<ParityHost> StartAsync(string runtime, AgentFactory? factory = null)
    {
        factory ??= context =>
        {
            _made.Add(context);
            return AgentDefinition.Create("made").WithInstructions($"You are {context.RunId}.").Build();
        };
        var host = await ParityHost.StartAsync(
            _store,
            _model,
            everturn => everturn.AddAgent("made", factory, options => options.OnRuntime(runtime))
        );
        _hosts.Add(host);
        return host;
    }
}
