using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Everturn.State;

/// <summary>JSON elements to and from UTF-8, without a serializer and therefore without reflection.</summary>
internal static class JsonBytes
{
    /// <summary>An empty object.</summary>
    public static readonly JsonElement EmptyObject = Parse("{}"u8.ToArray());

    /// <summary>Compact UTF-8 of an element; empty for an undefined one.</summary>
    public static ReadOnlyMemory<byte> Write(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            element.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The element; undefined for no bytes.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return default;
        }

        // Parsed from its own copy of the bytes and never disposed, so that the element lives as long as it is referenced.
        return JsonDocument.Parse(json).RootElement;
    }

    /// <summary>Bytes of an element as it was read; 0 for an undefined one.</summary>
    public static int Length(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(element).Length;

    /// <summary>A JSON string.</summary>
    public static JsonElement String(string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStringValue(text);
        }

        return Parse(buffer.WrittenMemory);
    }
}
