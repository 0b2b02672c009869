using System.Text.Json;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Loop;

/// <summary>Makes the chunks of one run, encoded for the store.</summary>
/// <param name="run">The run.</param>
/// <param name="time">The clock.</param>
internal sealed class ChunkFactory(RunRecord run, TimeProvider time)
{
    /// <summary>Pieces longer than this are split, so that no chunk reaches the 64 KiB limit whatever its characters.</summary>
    public const int MaxDeltaLength = 8_000;

    public ReadOnlyMemory<byte> TextDelta(int step, string delta) =>
        StreamChunkJson.Encode(
            new TextDeltaChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Delta = delta,
            }
        );

    public ReadOnlyMemory<byte> Thinking(int step, string content) =>
        StreamChunkJson.Encode(
            new ThinkingChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Content = content,
                IsComplete = false,
            }
        );

    public ReadOnlyMemory<byte> ToolStart(int step, ToolCall call, bool sensitive) =>
        StreamChunkJson.Encode(
            new ToolStartChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                ToolCallId = call.Id,
                ToolName = call.Name,
                Arguments = sensitive ? null : Bounded(call.Arguments),
            }
        );

    public ReadOnlyMemory<byte> ToolEnd(ToolCallRecord call)
    {
        var success = call.Status == ToolCallStatus.Succeeded;
        var result = State.JsonBytes.Parse(call.Result);
        return StreamChunkJson.Encode(
            new ToolEndChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = call.Step,
                ToolCallId = call.ToolCallId,
                ToolName = call.ToolName,
                Success = success,
                Result = success && !call.Sensitive ? Bounded(result) : null,
                Error = success || call.Sensitive ? null : result.GetString(),
            }
        );
    }

    public ReadOnlyMemory<byte> StatePatch(int step, IReadOnlyList<JsonPatchOperation> operations) =>
        StreamChunkJson.Encode(
            new StatePatchChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Patches = operations,
            }
        );

    public ReadOnlyMemory<byte> Custom(int step, string name, JsonElement? data) =>
        StreamChunkJson.Encode(
            new CustomChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Name = name,
                Data = data,
            }
        );

    public ReadOnlyMemory<byte> Output(int step, JsonElement output) =>
        StreamChunkJson.Encode(
            new OutputChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Output = Bounded(output),
            }
        );

    public ReadOnlyMemory<byte> Error(int step, string message, string code, bool recoverable) =>
        StreamChunkJson.Encode(
            new ErrorChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Message = message,
                Code = code,
                Recoverable = recoverable,
            }
        );

    public ReadOnlyMemory<byte> RunInterrupted(int step, string? reason) =>
        StreamChunkJson.Encode(
            new RunInterruptedChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                Reason = reason,
            }
        );

    public ReadOnlyMemory<byte> StepCommitted(int step) =>
        StreamChunkJson.Encode(
            new StepCommittedChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
            }
        );

    public ReadOnlyMemory<byte> StepDiscarded(int step, long fromSequence) =>
        StreamChunkJson.Encode(
            new StepDiscardedChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                FromSequence = fromSequence,
            }
        );

    public ReadOnlyMemory<byte> CheckpointCreated(int step, string checkpointId) =>
        StreamChunkJson.Encode(
            new CheckpointCreatedChunk
            {
                AgentId = run.RunId,
                AgentType = run.AgentType,
                Timestamp = Now,
                Step = step,
                CheckpointId = checkpointId,
            }
        );

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // A chunk is a notice: content that is too large for it stays in the transcript, where readers can fetch it.
    private static JsonElement? Bounded(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined || value.GetRawText().Length > 2 * MaxDeltaLength ? null : value;
}
