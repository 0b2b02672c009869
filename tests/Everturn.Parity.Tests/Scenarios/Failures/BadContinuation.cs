using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Failures;

internal sealed class BadContinuation : ParityScenario
{
    public override string Name => "bad options of a resume, a retry or a stop name their field and change nothing";

    public override async Task RunAsync(ParityScene scene)
    {
        var run = await scene.MidAnswerAsync();
        var before = await scene.Store.GetSessionAsync(Stopped.Key, scene.Token);
        (string Field, ResumeOptions Options)[] resumes =
        [
            ("message", new() { Mode = ResumeMode.WithMessage }),
            ("message", new() { Mode = ResumeMode.WithMessage, Message = "" }),
            ("checkpointId", new() { Mode = ResumeMode.Branch }),
            ("checkpointId", new() { CheckpointId = "" }),
            ("checkpointId", new() { CheckpointId = new string('x', 300) }),
            ("checkpointId", new() { Mode = ResumeMode.Retry, CheckpointId = "cp" }),
            ("mode", new() { Mode = (ResumeMode)99 }),
            ("requestId", new() { RequestId = "ä" }),
            ("requestId", new() { RequestId = "" }),
            ("modifyState", new() { ModifyState = JsonElement.Parse("[]") }),
            ("modifyState", new() { ModifyState = JsonElement.Parse("""{"items":[]}""") }),
            ("appendMessages[1].role", new() { AppendMessages = [AgentMessage.FromUser("a"), Tool] }),
        ];
        foreach (var (field, options) in resumes)
        {
            var refused = await Should.ThrowAsync<InvalidInputException>(() => run.ResumeAsync(options, scene.Token));
            refused.Field.ShouldBe(field);
        }

        await RefusesAsync("mode", () => run.RetryAsync(new() { Mode = (RetryMode)99 }, scene.Token));
        await RefusesAsync("requestId", () => run.RetryAsync(new() { RequestId = "\n" }, scene.Token));
        await RefusesAsync("reason", () => run.AbortAsync(new string('x', 2_000), scene.Token));
        await RefusesAsync("sessionId", () => run.SendAsync("x", new() { SessionId = "other" }, scene.Token));
        await RefusesAsync("key", () => scene.Host.Executor.ResumeAsync(new SessionKey("a b"), null, scene.Token));
        await Should.ThrowAsync<CheckpointNotFoundException>(() =>
            run.ResumeAsync(new() { CheckpointId = "cp-none" }, scene.Token)
        );
        (await scene.Store.GetSessionAsync(Stopped.Key, scene.Token))!.Version.ShouldBe(before!.Version);
        (await scene.RunsAsync()).Count.ShouldBe(1);
    }

    private static AgentMessage Tool { get; } =
        new()
        {
            Role = MessageRole.Tool,
            Content = "x",
            ToolCallId = "c",
        };

    private static async Task RefusesAsync(string field, Func<Task> action) =>
        (await Should.ThrowAsync<InvalidInputException>(action)).Field.ShouldBe(field);
}
