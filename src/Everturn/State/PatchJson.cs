using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Streaming;

namespace Everturn.State;

/// <summary>Staged changes as they are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyList<JsonPatchOperation>))]
internal sealed partial class PatchJson : JsonSerializerContext
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<JsonPatchOperation> operations) =>
        operations.Count == 0
            ? default
            : JsonSerializer.SerializeToUtf8Bytes(operations, Default.IReadOnlyListJsonPatchOperation);

    public static IReadOnlyList<JsonPatchOperation> Read(ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? [] : JsonSerializer.Deserialize(json.Span, Default.IReadOnlyListJsonPatchOperation) ?? [];
}
