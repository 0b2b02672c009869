using System.Text.Json;
using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Everturn.Tests.Loop;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Approvals;

/// <summary>An answer to a call and the end of its run in the same moment: one of them is first, and the other sees it.</summary>
public sealed class AnswerRaceTests
{
    private static readonly SessionKey Key = new("s");
    private static readonly ToolAnswer Answer = ToolAnswer.OfResult(JsonElement.Parse("\"CET\""));

    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("desk")
        .WithTool(AIFunctionFactory.CreateDeclaration("zone", "The time zone.", JsonElement.Parse("{}")))
        .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("interrupt", "interrupted")]
    [InlineData("abort", "failed")]
    public async Task An_answer_that_comes_while_its_run_is_stopped_is_kept_and_in_the_transcript(
        string command,
        string status
    )
    {
        await using var host = await AgentTestHost.StartAsync(Agent);
        var run = await SuspendAsync(host);
        var approvals = host.Services.GetRequiredService<IApprovals>();
        var store = RacingStore.Of(host.Store, () => approvals.SubmitAsync(Key, "call", Answer, null, Token));
        var control = ActivatorUtilities.CreateInstance<RunControl>(host.Services, store);

        var stopped = await control.StopAsync(Key, run, new(command), "enough", Token);

        stopped.Status.Value.ShouldBe(status);
        (await RowAsync(host)).Status.ShouldBe(PendingCallStatus.Answered);
        (await host.MessagesAsync("s"))[^1].Content.ShouldBe("CET");
    }

    [Fact]
    public async Task An_answer_during_which_its_run_is_stopped_is_refused_and_changes_nothing()
    {
        await using var host = await AgentTestHost.StartAsync(Agent);
        await SuspendAsync(host);
        var store = RacingStore.Of(
            host.Store,
            () => host.Executor.InterruptAsync(Key, "enough", cancellationToken: Token)
        );
        var desk = ActivatorUtilities.CreateInstance<ApprovalDesk>(host.Services, store);

        var refused = await Should.ThrowAsync<AnswerConflictException>(() =>
            desk.SubmitAsync(Key, "call", Answer, null, Token)
        );

        refused.Call.Status.ShouldBe(PendingCallStatus.Withdrawn);
        (await RowAsync(host)).Response.ShouldBeNull();
        (await host.MessagesAsync("s"))[^1].IsError.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_answers_at_once_the_first_one_counts_and_the_other_is_told()
    {
        await using var host = await AgentTestHost.StartAsync(Agent);
        await SuspendAsync(host);
        var approvals = host.Services.GetRequiredService<IApprovals>();
        var store = RacingStore.Of(host.Store, () => approvals.SubmitAsync(Key, "call", Answer, null, Token));
        var desk = ActivatorUtilities.CreateInstance<ApprovalDesk>(host.Services, store);

        var refused = await Should.ThrowAsync<AnswerConflictException>(() =>
            desk.SubmitAsync(Key, "call", ToolAnswer.OfError("no clock"), null, Token)
        );

        refused.Call.Status.ShouldBe(PendingCallStatus.Answered);
        (await RowAsync(host)).Response.ShouldNotBeNull().ToArray().ShouldBe(refused.Call.Response!.Value.ToArray());
    }

    private static async Task<PendingCallRecord> RowAsync(AgentTestHost host) =>
        (await host.Store.GetPendingCallsOfToolCallAsync(Key, "call", Token)).ShouldHaveSingleItem();

    private static async Task<string> SuspendAsync(AgentTestHost host)
    {
        host.Model.Enqueue(ScriptedReply.ToolCall("zone", [], "call"));
        var run = await host.Executor.ExecuteAsync(Agent, "go", new() { SessionId = Key.SessionId }, Token);
        (await run.ResultAsync(Token)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        return run.RunId;
    }
}
