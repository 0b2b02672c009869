using System.Text.Json;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Streaming;

namespace Everturn.Loop;

/// <summary>Makes the chunks of one run, encoded for the store.</summary>
/// <param name="runId">The run.</param>
/// <param name="agentType">Its agent.</param>
/// <param name="time">The clock.</param>
internal sealed class ChunkFactory(string runId, string agentType, TimeProvider time)
{
    /// <param name="run">The run.</param>
    /// <param name="time">The clock.</param>
    public ChunkFactory(RunRecord run, TimeProvider time)
        : this(run.RunId, run.AgentType, time) { }

    /// <summary>Pieces longer than this are split, so that no chunk reaches the 64 KiB limit whatever its characters.</summary>
    public const int MaxDeltaLength = 8_000;

    private const int MaxChunkBytes = 60 * 1024;

    public ReadOnlyMemory<byte> TextDelta(int step, string delta) => Encode(step, new TextDeltaChunk { Delta = delta });

    public ReadOnlyMemory<byte> Thinking(int step, string content) =>
        Encode(step, new ThinkingChunk { Content = content, IsComplete = false });

    public ReadOnlyMemory<byte> ToolStart(int step, ToolCall call, bool sensitive) =>
        Encode(
            step,
            new ToolStartChunk
            {
                ToolCallId = call.Id,
                ToolName = call.Name,
                Arguments = sensitive ? null : Bounded(call.Arguments),
            }
        );

    public ReadOnlyMemory<byte> ToolEnd(ToolCallRecord call)
    {
        var success = call.Status == ToolCallStatus.Succeeded;
        var result = JsonBytes.Parse(call.Result);
        return Encode(
            call.Step,
            new ToolEndChunk
            {
                ToolCallId = call.ToolCallId,
                ToolName = call.ToolName,
                Success = success,
                Result = success && !call.Sensitive ? Bounded(result) : null,
                Error = success || call.Sensitive ? null : result.GetString(),
            }
        );
    }

    /// <summary>The patch, or, where it is too large for a chunk, a custom event that says that the state changed.</summary>
    public ReadOnlyMemory<byte> StatePatch(int step, IReadOnlyList<JsonPatchOperation> operations)
    {
        var patch = Encode(step, new StatePatchChunk { Patches = operations });
        return patch.Length <= MaxChunkBytes ? patch : Custom(step, "state_changed", null);
    }

    /// <exception cref="InvalidInputException">The event is too large for a chunk.</exception>
    public ReadOnlyMemory<byte> Custom(int step, string name, JsonElement? data)
    {
        var custom = Encode(step, new CustomChunk { Name = name, Data = data });
        return custom.Length <= MaxChunkBytes
            ? custom
            : throw new InvalidInputException(nameof(data), $"An event has at most {MaxChunkBytes} bytes of JSON.");
    }

    public ReadOnlyMemory<byte> Output(int step, JsonElement output) =>
        Encode(step, new OutputChunk { Output = Bounded(output) });

    public ReadOnlyMemory<byte> Error(int step, string message, string code, bool recoverable) =>
        Encode(
            step,
            new ErrorChunk
            {
                Message = message.Length <= MaxDeltaLength ? message : message[..MaxDeltaLength],
                Code = code,
                Recoverable = recoverable,
            }
        );

    public ReadOnlyMemory<byte> RunInterrupted(int step, string? reason) =>
        Encode(step, new RunInterruptedChunk { Reason = reason });

    public ReadOnlyMemory<byte> RunSuperseded(string byRunId) =>
        Encode(step: 0, new RunSupersededChunk { RunId = byRunId });

    // Of no step: what joined stays, also where the step's model call begins anew.
    public ReadOnlyMemory<byte> RunSteered(string byRunId) => Encode(step: 0, new RunSteeredChunk { RunId = byRunId });

    public ReadOnlyMemory<byte> RunResumed() => Encode(step: 0, new RunResumedChunk { RunId = runId });

    public ReadOnlyMemory<byte> StreamResync(long snapshotSequence, string reason) =>
        Encode(step: 0, new StreamResyncChunk { SnapshotSequence = snapshotSequence, Reason = reason });

    public ReadOnlyMemory<byte> StepCommitted(int step) => Encode(step, new StepCommittedChunk());

    public ReadOnlyMemory<byte> StepDiscarded(int step, long fromSequence) =>
        Encode(step, new StepDiscardedChunk { FromSequence = fromSequence });

    public ReadOnlyMemory<byte> CheckpointCreated(int step, string checkpointId) =>
        Encode(step, new CheckpointCreatedChunk { CheckpointId = checkpointId });

    private ReadOnlyMemory<byte> Encode(int step, StreamChunk chunk) =>
        StreamChunkJson.Encode(
            chunk with
            {
                AgentId = runId,
                AgentType = agentType,
                Timestamp = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Step = step,
            }
        );

    // A chunk is a notice: content that is too large for it stays in the transcript, where readers can fetch it.
    private static JsonElement? Bounded(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined || value.GetRawText().Length > 2 * MaxDeltaLength ? null : value;
}
