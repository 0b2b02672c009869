using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class RollbackGoesBack : ParityScenario
{
    public override string Name =>
        "rollback puts messages and state back to where the run began, and its chunks stay, marked";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "kept" }), "first");
        await scene.RunAsync(ParityAgents.Noter, "one");
        var before = (await scene.ChunksAsync()).Count;
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "void" }));
        var (run, gate) = await scene.MidAnswerAsync(
            ParityAgents.Noter,
            new() { Message = "two", State = System.Text.Json.JsonElement.Parse("""{"items":["reset"]}""") }
        );
        (await scene.NotesAsync()).ShouldBe(["reset", "void"]);
        scene.Model.Enqueue("third");

        var third = await scene.SendAsync(ParityAgents.Noter, "three", DoubleTexting.Rollback);

        var stopped = await scene.EndAsync(run);
        (stopped.Status, stopped.Reason).ShouldBe((RunStatus.Interrupted, RunReason.RolledBack));
        (await scene.CompleteAsync(third)).ShouldBe("third");
        (await scene.TranscriptAsync()).ShouldBe([
            "user: one",
            "assistant: ",
            "tool: 4",
            "assistant: first",
            "user: three",
            "assistant: third",
        ]);
        (await scene.NotesAsync()).ShouldBe(["kept"]);
        (await scene.VoidedAsync()).ShouldBe(["two", null, "4", "half"]);
        var chunks = await scene.ChunksAsync();
        chunks.Skip(before).OfType<TextDeltaChunk>().First().Delta.ShouldBe("half");
        chunks.OfType<RunInterruptedChunk>().ShouldHaveSingleItem().Reason.ShouldBe(RunReason.RolledBack);
        var resync = chunks.OfType<StreamResyncChunk>().ShouldHaveSingleItem();
        (resync.SnapshotSequence, resync.Reason).ShouldBe((resync.Sequence, RunReason.RolledBack));
        scene.LastAsked().ShouldNotContain("two");
        gate.Release();
        await scene.ShouldHaveNoQueueAsync();
    }
}
