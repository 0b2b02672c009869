using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Failures;

internal sealed class BadInput : ParityScenario
{
    public override string Name => "bad input names its field and changes nothing";

    public override async Task RunAsync(ParityScene scene)
    {
        var refused = await Should.ThrowAsync<InvalidInputException>(() => scene.BeginAsync(ParityAgents.Writer, ""));

        refused.Field.ShouldBe("input.message");
        (await scene.Store.ListSessionsAsync(new(), scene.Token)).Items.ShouldBeEmpty();
    }
}
