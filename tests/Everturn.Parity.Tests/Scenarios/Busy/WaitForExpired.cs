using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Parity.Tests.Scenarios.Answers;
using Everturn.Sessions;
using Everturn.Testing;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class WaitForExpired : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("clerk")
        .WithState(Notes.Key)
        .WithTool(
            (string text, ToolContext context) => context.UpdateState(Notes.Key, notes => new([.. notes.Items, text])),
            options => options.Name = "note"
        )
        .WithTool(
            (string to) => to,
            options =>
            {
                options.Name = "send_mail";
                options.RequireApproval();
                options.AnswerWithin = DeskExtensions.AnswerWithin;
                options.OnExpiry = ExpiryOutcome.Error;
            }
        )
        .Build();

    private readonly VirtualTimeProvider _time = new();

    public override string Name =>
        "what waits begins when a call's time fails the run in its way, whose calls have one result each and their state";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override TimeProvider Time => _time;

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "kept" }).ThenMail("bob"), "second");
        var first = await scene.BeginAsync(Agent, "one");
        (await scene.EndAsync(first)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        var second = await scene.SendAsync(Agent, "two", DoubleTexting.Enqueue);

        await scene.ExpireAsync(_time);

        (await scene.CompleteAsync(second)).ShouldBe("second");
        (await scene.SaidAsync()).ShouldBe([
            "one",
            "calls",
            "null",
            "error: Nobody answered in time.",
            "two",
            "second",
        ]);
        (await scene.NotesAsync()).ShouldBe(["kept"]);
    }
}
