using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>Writes a <see cref="StepKind"/> as its name.</summary>
public sealed class StepKindJsonConverter : JsonConverter<StepKind>
{
    /// <inheritdoc/>
    public override StepKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StepKind value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
