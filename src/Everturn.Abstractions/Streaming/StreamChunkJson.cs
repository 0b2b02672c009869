using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Everturn.Streaming;

/// <summary>Chunks as JSON. A type that this version does not know becomes an <see cref="UnknownChunk"/> and round-trips.</summary>
public static class StreamChunkJson
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByType = Known(StreamChunkJsonContext.Wire)
        .ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, JsonTypeInfo> ByClass = ByType.Values.ToFrozenDictionary(info =>
        info.Type
    );

    /// <summary>The JSON contracts of the chunks that this version knows, by their type: for schemas.</summary>
    public static IReadOnlyDictionary<string, JsonTypeInfo> Contracts => ByType;

    /// <summary>The chunk as UTF-8 JSON without line breaks.</summary>
    /// <param name="chunk">The chunk.</param>
    public static ReadOnlyMemory<byte> Encode(StreamChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return chunk is UnknownChunk unknown
            ? JsonSerializer.SerializeToUtf8Bytes(unknown.Raw, StreamChunkJsonContext.Wire.JsonElement)
            : JsonSerializer.SerializeToUtf8Bytes(chunk, ByClass[chunk.GetType()]);
    }

    /// <summary>Reads a chunk.</summary>
    /// <param name="stored">The chunk as it is stored.</param>
    /// <exception cref="JsonException">It is not a chunk.</exception>
    public static StreamChunk Decode(StoredChunk stored)
    {
        var type = TypeOf(stored.Json.Span);
        var chunk =
            type is not null && ByType.TryGetValue(type, out var info)
                ? (StreamChunk)JsonSerializer.Deserialize(stored.Json.Span, info)!
                : Unknown(stored.Json);
        return chunk with { Sequence = stored.Sequence };
    }

    /// <summary>Reads the type of a chunk and nothing else.</summary>
    /// <param name="json">UTF-8 JSON of a chunk.</param>
    public static string? TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isType)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }

        return null;
    }

    private static UnknownChunk Unknown(ReadOnlyMemory<byte> json)
    {
        var raw = JsonSerializer.Deserialize(json.Span, StreamChunkJsonContext.Wire.JsonElement);
        return new UnknownChunk(raw)
        {
            AgentId = Text(raw, "agentId"),
            AgentType = Text(raw, "agentType"),
            Timestamp = raw.TryGetProperty("timestamp", out var time) && time.TryGetInt64(out var ms) ? ms : 0,
            Step = raw.TryGetProperty("step", out var step) && step.TryGetInt32(out var number) ? number : 0,
        };
    }

    private static string Text(JsonElement raw, string name) =>
        raw.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Dictionary<string, JsonTypeInfo> Known(StreamChunkJsonContext json) =>
        new()
        {
            [ChunkType.TextDelta] = json.TextDeltaChunk,
            [ChunkType.Thinking] = json.ThinkingChunk,
            [ChunkType.ToolArgStreamStart] = json.ToolArgStreamStartChunk,
            [ChunkType.ToolArgStreamDelta] = json.ToolArgStreamDeltaChunk,
            [ChunkType.ToolArgStreamEnd] = json.ToolArgStreamEndChunk,
            [ChunkType.ToolStart] = json.ToolStartChunk,
            [ChunkType.ToolEnd] = json.ToolEndChunk,
            [ChunkType.ToolApprovalRequest] = json.ToolApprovalRequestChunk,
            [ChunkType.SubAgentStart] = json.SubAgentStartChunk,
            [ChunkType.SubAgentEnd] = json.SubAgentEndChunk,
            [ChunkType.StatePatch] = json.StatePatchChunk,
            [ChunkType.Custom] = json.CustomChunk,
            [ChunkType.Output] = json.OutputChunk,
            [ChunkType.Error] = json.ErrorChunk,
            [ChunkType.RunInterrupted] = json.RunInterruptedChunk,
            [ChunkType.RunResumed] = json.RunResumedChunk,
            [ChunkType.RunPaused] = json.RunPausedChunk,
            [ChunkType.RunSuperseded] = json.RunSupersededChunk,
            [ChunkType.RunSteered] = json.RunSteeredChunk,
            [ChunkType.CheckpointCreated] = json.CheckpointCreatedChunk,
            [ChunkType.StepCommitted] = json.StepCommittedChunk,
            [ChunkType.StepDiscarded] = json.StepDiscardedChunk,
            [ChunkType.StreamResync] = json.StreamResyncChunk,
            [ChunkType.Suspended] = json.SuspendedChunk,
        };
}
