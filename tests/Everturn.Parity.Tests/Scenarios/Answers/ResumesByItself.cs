using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ResumesByItself : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "the last answer resumes the run where the agent says so, also one of another host";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override void Configure(EverturnBuilder everturn) =>
        everturn.ConfigureAgents(options => options.ResumeWhenAnswered = true);

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob").ThenZone());
        scene.Model.Enqueue("done");
        var other = await scene.StartHostAsync();

        (await scene.AnswerAsync("mail", ToolAnswer.Approve())).Resumes.ShouldBeFalse();
        var receipt = await other.Approvals.SubmitAsync(
            Stopped.Key,
            "zone",
            ToolAnswer.OfResult(Desk.Json("\"CET\"")),
            null,
            scene.Token
        );

        receipt.Resumes.ShouldBeTrue();
        var resumed = await Eventually.NotNullAsync(
            async () =>
                await scene.Host.Executor.GetHandleAsync(_desk.Agent, ParityScene.SessionId, "", scene.Token)
                    is { Run.Trigger: var trigger } handle
                && trigger == RunTrigger.Resume
                    ? handle
                    : null,
            scene.Token
        );
        (await scene.CompleteAsync(resumed)).ShouldBe("done");
        _desk.Sent.ShouldBe(["bob"]);
        (await scene.RunsAsync()).Count.ShouldBe(2);
    }
}
