using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>Writes an <see cref="InstanceLogEventType"/> as its name.</summary>
public sealed class InstanceLogEventTypeJsonConverter : JsonConverter<InstanceLogEventType>
{
    /// <inheritdoc/>
    public override InstanceLogEventType Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, InstanceLogEventType value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
