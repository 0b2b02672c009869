using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Testing;
using Everturn.Testing.Models;
using Microsoft.Extensions.DependencyInjection;
using AgentTestHost = Everturn.Tests.Loop.AgentTestHost;

namespace Everturn.Tests.Approvals;

public sealed class ExpiryClockTests
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("clerk")
        .WithTool(
            () => "sent",
            o =>
            {
                o.Name = "send";
                o.RequireApproval();
                o.AnswerWithin = TimeSpan.FromHours(1);
            }
        )
        .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_whose_outcome_cannot_be_written_keeps_no_other_waiting_and_is_tried_again()
    {
        await using var host = await AgentTestHost.StartAsync(Agent);
        await SuspendAsync(host, "a");
        await SuspendAsync(host, "b");
        var store = RacingStore.Of(host.Store, () => throw new IOException("The disk is full."));
        var time = new VirtualTimeProvider(DateTimeOffset.UtcNow + TimeSpan.FromHours(2));
        var desk = ActivatorUtilities.CreateInstance<ApprovalDesk>(host.Services, store, time);
        using var clock = ActivatorUtilities.CreateInstance<ExpiryClock>(host.Services, desk, time);

        await clock.StartAsync(Token);

        await WaitingAsync(host, 1);
        time.Advance(TimeSpan.FromSeconds(1));
        await WaitingAsync(host, 0);
        await clock.StopAsync(Token);
    }

    private static async Task SuspendAsync(AgentTestHost host, string session)
    {
        host.Model.Enqueue(ScriptedReply.ToolCall("send", [], "send"));
        var run = await host.Executor.ExecuteAsync(Agent, "go", new() { SessionId = session }, Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.SuspendedClientTool);
    }

    private static async Task WaitingAsync(AgentTestHost host, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (
            (await host.Store.ListPendingCallsAsync(new() { Status = PendingCallStatus.Pending }, Token)).Items.Count
            != count
        )
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
