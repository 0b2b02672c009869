using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Everturn.Tests.Loop;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Agents;

public sealed class RunContinuerTests
{
    private static readonly AgentDefinition<string> Writer = AgentDefinition.Create("writer").Build();
    private static readonly SessionKey Key = new("s");
    private static readonly ResumeOptions Request = new() { RequestId = "r-1" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_whose_run_begins_between_two_looks_gets_that_run()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        var (resumed, gate) = await ResumeAsync(host);

        var (run, isReplay) = await Late(host).ContinueAsync(Key, Writer, Continuation.Of(Request), Token);

        (run.RunId, isReplay).ShouldBe((resumed.RunId, true));
        gate.Release();
        (await resumed.ResultAsync(Token)).Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public async Task Another_body_and_another_request_are_still_refused_then()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        var (resumed, gate) = await ResumeAsync(host);
        var another = Request with { Mode = ResumeMode.WithMessage, Message = "x" };

        await Should.ThrowAsync<RequestConflictException>(async () =>
            await Late(host).ContinueAsync(Key, Writer, Continuation.Of(another), Token)
        );
        var refused = await Should.ThrowAsync<CannotResumeException>(async () =>
            await Late(host).ContinueAsync(Key, Writer, Continuation.Of(Request with { RequestId = "r-2" }), Token)
        );

        refused.Reason.ShouldBe(ResumeRefusal.Running);
        gate.Release();
        (await resumed.ResultAsync(Token)).Status.ShouldBe(RunStatus.Completed);
    }

    /// <summary>A run that was interrupted and is resumed by the request, in the middle of its answer.</summary>
    private static async Task<(AgentHandle<string> Run, ReplyGate Gate)> ResumeAsync(AgentTestHost host)
    {
        var first = new ReplyGate();
        host.Model.Enqueue(ScriptedReply.Text("half").ThenGate(first));
        var run = await host.Executor.ExecuteAsync(Writer, "go", new() { SessionId = Key.SessionId }, Token);
        await first.Reached;
        await run.InterruptAsync("enough", cancellationToken: Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.Interrupted);
        var second = new ReplyGate();
        host.Model.Enqueue(ScriptedReply.Text("whole").ThenGate(second));
        var resumed = await run.ResumeAsync(Request, Token);
        await second.Reached;
        return (resumed, second);
    }

    private static RunContinuer Late(AgentTestHost host) =>
        new(
            LateRequests.Of(host.Store, missed: 1),
            host.Services.GetRequiredService<RunAgents>(),
            host.Services.GetRequiredService<RunAcceptance>(),
            TimeProvider.System
        );
}
