using System.Text.Json;
using Everturn.Agents;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.State;

namespace Everturn.Loop;

/// <summary>
/// What becomes of a step whose message is stored and whose calls have no results in the transcript: it is closed, so
/// that the transcript can go on otherwise, or carried over into the run that continues it. Pure.
/// </summary>
internal sealed record OpenStep
{
    private const string Interrupted = "Interrupted before it had a result.";
    private const string Uncertain = "Interrupted before it had a result. Whether it took effect is not known.";

    private OpenStep() { }

    /// <summary>The calls, each with an outcome.</summary>
    public required IReadOnlyList<ToolCallRecord> Calls { get; init; }

    /// <summary>The tool messages that answer them.</summary>
    public required IReadOnlyList<AgentMessage> Results { get; init; }

    /// <summary>The custom state with the changes of the calls that succeeded; null where it stays.</summary>
    public required ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>The end of each call that had none.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Chunks { get; init; }

    /// <summary>Answers open calls: with their outcome, or without one with a refusal.</summary>
    /// <param name="calls">The calls of one step.</param>
    /// <param name="run">The run that made them.</param>
    /// <param name="state">The custom state, JSON; empty for none.</param>
    /// <param name="agent">The agent, for the state it begins with; null where this process does not know it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="asked">The rows that ask somebody outside about them, whose answers count; null for none.</param>
    /// <returns>Null where nothing is open.</returns>
    public static OpenStep? Close(
        IReadOnlyList<ToolCallRecord> calls,
        RunRecord run,
        ReadOnlyMemory<byte> state,
        AgentDefinition? agent,
        TimeProvider time,
        IReadOnlyList<PendingCallRecord>? asked = null
    )
    {
        if (calls.Count == 0)
        {
            return null;
        }

        var at = time.GetUtcNow();
        var chunks = new ChunkFactory(run, time);
        var closed = HeldCalls
            .Answer(calls, asked ?? [])
            .Select(call => call.Status.HasOutcome ? call : Refuse(call, at))
            .ToList();
        var current = JsonBytes.Parse(state);
        var merged = StateMerge.Merge(
            current.ValueKind == JsonValueKind.Undefined ? agent?.State?.Initial() ?? JsonBytes.EmptyObject : current,
            closed.Select(call => PatchJson.Read(call.StagedChange)).ToList()
        );
        return new()
        {
            Calls = closed,
            Results = closed.Select(RunCommits.Result).ToList(),
            State = merged.Changed,
            Chunks = [.. closed.Where((_, index) => !calls[index].Status.HasOutcome).Select(chunks.ToolEnd)],
        };
    }

    /// <summary>Open calls as the first step of the run that continues: same keys, same outcomes.</summary>
    public static IReadOnlyList<ToolCallRecord> CarryOver(IReadOnlyList<ToolCallRecord> calls, string runId) =>
        [.. calls.Select(call => call with { RunId = runId, Step = 1 })];

    /// <summary>What the model is told about a call that was stopped.</summary>
    public static JsonElement WithoutResult(ToolCallRecord call) =>
        JsonBytes.String(call.Status == ToolCallStatus.Unknown || call.IsUnknownAfterCrash() ? Uncertain : Interrupted);

    private static ToolCallRecord Refuse(ToolCallRecord call, DateTimeOffset at) =>
        call with
        {
            Status = ToolCallStatus.Interrupted,
            Result = JsonBytes.Write(WithoutResult(call)),
            EndedAt = at,
        };
}
