using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ResumesOnce : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "of resumes at the same time one begins a run";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        await scene.AnswerAsync("mail", ToolAnswer.Approve());
        scene.Model.Enqueue("done");
        var other = await scene.StartHostAsync();

        var resumes = await Task.WhenAll(
            new[] { scene.Host, other, scene.Host, other }.Select(host =>
                Task.Run(
                    async () =>
                    {
                        try
                        {
                            return await host.Executor.ResumeAsync(
                                _desk.Agent,
                                Stopped.Key,
                                cancellationToken: scene.Token
                            );
                        }
                        catch (CannotResumeException)
                        {
                            return null;
                        }
                    },
                    scene.Token
                )
            )
        );

        var one = resumes.Where(run => run is not null).ShouldHaveSingleItem()!;
        (await scene.CompleteAsync(one)).ShouldBe("done");
        _desk.Sent.ShouldBe(["bob"]);
        (await scene.RunsAsync()).Count.ShouldBe(2);
    }
}
