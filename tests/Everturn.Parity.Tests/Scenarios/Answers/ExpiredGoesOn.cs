using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ExpiredGoesOn : ParityScenario
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Desk _desk = new(mail =>
    {
        mail.AnswerWithin = DeskExtensions.AnswerWithin;
        mail.OnExpiry = ExpiryOutcome.Expire;
    });

    public override string Name => "a run whose call expires goes on by itself where the agent says so";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override TimeProvider Time => _time;

    public override void Configure(EverturnBuilder everturn) =>
        everturn.ConfigureAgents(options => options.ResumeWhenAnswered = true);

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        scene.Model.Enqueue("so be it");
        await scene.ExpireAsync(_time);
        await Eventually.TrueAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return (await scene.RunsAsync()) is [_, { Status.IsEnded: true }];
            },
            scene.Token
        );

        (await scene.RunsAsync())[1].Status.ShouldBe(RunStatus.Completed);
        (await scene.SaidAsync()).ShouldBe(["go", "calls", "error: Nobody answered in time.", "so be it"]);
    }
}
