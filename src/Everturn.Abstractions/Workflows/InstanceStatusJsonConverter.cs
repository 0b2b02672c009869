using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>Writes an <see cref="InstanceStatus"/> as its name.</summary>
public sealed class InstanceStatusJsonConverter : JsonConverter<InstanceStatus>
{
    /// <inheritdoc/>
    public override InstanceStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? InstanceStatus.Unknown.Value);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, InstanceStatus value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
