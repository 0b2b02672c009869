using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Answers;

/// <summary>What scenarios with a desk do.</summary>
internal static class DeskExtensions
{
    /// <summary>How long a call of a desk waits where it does not wait for ever.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(1);

    public static ScriptedReply ThenMail(this ScriptedReply reply, string to, string id = "mail") =>
        reply.ThenToolCall("send_mail", new() { ["to"] = to }, id);

    public static ScriptedReply ThenCount(this ScriptedReply reply, string text) =>
        reply.ThenToolCall("count", new() { ["text"] = text }, "count");

    public static ScriptedReply ThenZone(this ScriptedReply reply, string format = "short") =>
        reply.ThenToolCall("time_zone", new() { ["format"] = format }, "zone");

    /// <summary>Runs the desk's agent to where it waits.</summary>
    public static async Task<AgentHandle<string>> SuspendAsync(this ParityScene scene, Desk desk, ScriptedReply reply)
    {
        scene.Model.Enqueue(reply);
        var run = await scene.BeginAsync(desk.Agent, "go");
        (await scene.EndAsync(run)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        return run;
    }

    public static Task<AnswerReceipt> AnswerAsync(this ParityScene scene, string callId, ToolAnswer answer) =>
        scene.Host.Approvals.SubmitAsync(Stopped.Key, callId, answer, new() { DecidedBy = "ann" }, scene.Token);

    public static async Task<PendingCallRecord> PendingAsync(this ParityScene scene, string callId) =>
        (await scene.Store.GetPendingCallsOfToolCallAsync(Stopped.Key, callId, scene.Token))[0];

    /// <summary>Lets the time of the waiting mail run out.</summary>
    public static async Task ExpireAsync(this ParityScene scene, VirtualTimeProvider time)
    {
        var asked = await scene.PendingAsync("mail");
        asked.ExpiresAt.ShouldBe(time.GetUtcNow() + AnswerWithin);
        time.Advance(AnswerWithin);
        await Eventually.TrueAsync(
            async () =>
            {
                // Again and again, since background work may set its first timer late.
                time.Advance(TimeSpan.FromSeconds(1));
                return (await scene.PendingAsync("mail")).Status == PendingCallStatus.Expired;
            },
            scene.Token
        );
    }

    /// <summary>Resumes and follows the run to where it ends.</summary>
    public static async Task<AgentResult<string>> ResumeAsync(this ParityScene scene, Desk desk) =>
        await scene.EndAsync(
            await scene.Host.Executor.ResumeAsync(desk.Agent, Stopped.Key, cancellationToken: scene.Token)
        );

    /// <summary>The transcript, results with whether they are errors.</summary>
    public static async Task<IReadOnlyList<string>> SaidAsync(this ParityScene scene) =>
        [
            .. (await scene.MessagesAsync()).Select(message =>
                $"{(message.IsError ? "error: " : "")}{message.Content ?? "calls"}"
            ),
        ];
}
