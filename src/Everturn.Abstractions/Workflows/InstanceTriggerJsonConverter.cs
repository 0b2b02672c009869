using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>Writes an <see cref="InstanceTrigger"/> as its name.</summary>
public sealed class InstanceTriggerJsonConverter : JsonConverter<InstanceTrigger>
{
    /// <inheritdoc/>
    public override InstanceTrigger Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, InstanceTrigger value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
