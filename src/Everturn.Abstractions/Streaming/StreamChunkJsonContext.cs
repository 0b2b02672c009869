using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

[JsonSerializable(typeof(TextDeltaChunk))]
[JsonSerializable(typeof(ThinkingChunk))]
[JsonSerializable(typeof(ToolArgStreamStartChunk))]
[JsonSerializable(typeof(ToolArgStreamDeltaChunk))]
[JsonSerializable(typeof(ToolArgStreamEndChunk))]
[JsonSerializable(typeof(ToolStartChunk))]
[JsonSerializable(typeof(ToolEndChunk))]
[JsonSerializable(typeof(ToolApprovalRequestChunk))]
[JsonSerializable(typeof(SubAgentStartChunk))]
[JsonSerializable(typeof(SubAgentEndChunk))]
[JsonSerializable(typeof(StatePatchChunk))]
[JsonSerializable(typeof(CustomChunk))]
[JsonSerializable(typeof(OutputChunk))]
[JsonSerializable(typeof(ErrorChunk))]
[JsonSerializable(typeof(RunInterruptedChunk))]
[JsonSerializable(typeof(RunResumedChunk))]
[JsonSerializable(typeof(RunPausedChunk))]
[JsonSerializable(typeof(RunSupersededChunk))]
[JsonSerializable(typeof(RunSteeredChunk))]
[JsonSerializable(typeof(CheckpointCreatedChunk))]
[JsonSerializable(typeof(StepCommittedChunk))]
[JsonSerializable(typeof(StepDiscardedChunk))]
[JsonSerializable(typeof(StreamResyncChunk))]
[JsonSerializable(typeof(SuspendedChunk))]
internal sealed partial class StreamChunkJsonContext : JsonSerializerContext
{
    // Escaping for HTML would make code and quotes in an answer up to six times longer; readers parse JSON.
    public static readonly StreamChunkJsonContext Wire = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );
}
