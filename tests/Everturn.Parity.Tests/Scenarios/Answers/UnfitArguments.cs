using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class UnfitArguments : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "nobody is asked about a call whose arguments do not fit: the model is told";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply
                .ToolCall("send_mail", new() { ["to"] = 7 }, "mail")
                .ThenToolCall("time_zone", new() { ["format"] = "medium" }, "zone"),
            "sorry"
        );

        (await scene.RunAsync(_desk.Agent, "go")).Output.ShouldBe("sorry");

        (await scene.Store.ListPendingCallsAsync(new(), scene.Token)).Items.ShouldBeEmpty();
        var said = await scene.SaidAsync();
        said[2].ShouldStartWith("error: The arguments do not fit: arguments.to");
        said[3].ShouldStartWith("error: The arguments do not fit: arguments.format");
        (await scene.ChunksAsync()).OfType<ToolEndChunk>().Count().ShouldBe(2);
    }
}
