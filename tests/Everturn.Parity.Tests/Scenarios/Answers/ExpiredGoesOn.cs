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
        mail.AnswerWithin = TimeSpan.FromHours(1);
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
        var asked = await scene.PendingAsync("mail");
        asked.ExpiresAt.ShouldBe(_time.GetUtcNow().AddHours(1));
        scene.Model.Enqueue("so be it");
        _time.Advance(TimeSpan.FromHours(1));

        await Eventually.TrueAsync(
            async () =>
            {
                // Again and again, since background work may set its first timer late.
                _time.Advance(TimeSpan.FromSeconds(1));
                return (await scene.PendingAsync("mail")).Status == PendingCallStatus.Expired;
            },
            scene.Token
        );
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
