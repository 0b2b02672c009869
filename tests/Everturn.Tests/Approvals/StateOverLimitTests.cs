using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Everturn.Tests.Loop;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Approvals;

/// <summary>
/// Calls beside one that waits change the state beyond its limit, all taken together. That is found out when the step is closed, which has to
/// be possible all the same.
/// </summary>
public sealed class StateOverLimitTests
{
    private static readonly SessionKey Key = new("s");

    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("hoarder")
        .WithState(ToolTurnTests.Notes.Key)
        .WithTool(
            (string letter, ToolContext context) =>
                context.UpdateState(
                    ToolTurnTests.Notes.Key,
                    notes => notes with { Items = [.. notes.Items, new string(letter[0], 600_000)] }
                ),
            o => o.Name = "note"
        )
        .WithTool(
            () => "sent",
            o =>
            {
                o.Name = "send";
                o.RequireApproval();
                o.OnExpiry = ExpiryOutcome.Error;
            }
        )
        .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_run_can_be_aborted()
    {
        await using var host = await AgentTestHost.StartAsync(Agent);
        await SuspendAsync(host);

        await host.Executor.AbortAsync(Key, "enough", Token);

        await FailedAsync(host, RunReason.Aborted);
    }

    [Fact]
    public async Task The_run_fails_when_nobody_answers_in_time()
    {
        await using var host = await AgentTestHost.StartAsync(Agent);
        await SuspendAsync(host);
        var waiting = await host.Store.GetPendingCallsOfToolCallAsync(Key, "send", Token);

        await host.Services.GetRequiredService<ApprovalDesk>().ExpireAsync(waiting.ShouldHaveSingleItem(), Token);

        await FailedAsync(host, RunReason.CallExpired);
    }

    private static async Task SuspendAsync(AgentTestHost host)
    {
        host.Model.Enqueue(
            ScriptedReply
                .ToolCall("note", new() { ["letter"] = "x" }, "first")
                .ThenToolCall("note", new() { ["letter"] = "y" }, "second")
                .ThenToolCall("send", [], "send")
        );
        var run = await host.Executor.ExecuteAsync(Agent, "go", new() { SessionId = Key.SessionId }, Token);
        var result = await run.ResultAsync(Token);
        result.Status.ShouldBe(RunStatus.SuspendedClientTool, result.Error);
    }

    private static async Task FailedAsync(AgentTestHost host, string reason)
    {
        var run = (await host.RunsAsync(Key.SessionId)).ShouldHaveSingleItem();
        (run.Status, run.Reason).ShouldBe((RunStatus.Failed, reason));
        (await host.MessagesAsync(Key.SessionId)).Count(message => message.Role == MessageRole.Tool).ShouldBe(3);
        var snapshot = await host.Store.GetSnapshotAsync(Key, 0, Token);
        snapshot!.State.Length.ShouldBeLessThan(1_000);
    }
}
