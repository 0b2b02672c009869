using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn;

/// <summary>Reads and writes an open name as a JSON string.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class OpenNameConverter<T> : JsonConverter<T>
    where T : struct, IOpenName<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.FromName(reader.GetString() ?? throw new JsonException("A name is a string."));

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
