using System.Runtime.InteropServices;
using System.Text.Json;

namespace Everturn.AspNetCore.Workflows;

/// <summary>Plain JSON bytes of the engine as part of an answer, and the other way.</summary>
internal static class RawJson
{
    /// <summary>A value; null where there is none.</summary>
    public static JsonElement? Read(ReadOnlyMemory<byte>? json)
    {
        if (json is not { IsEmpty: false } value)
        {
            return null;
        }
        using var document = JsonDocument.Parse(value);
        return document.RootElement.Clone();
    }

    /// <summary>A value as it came; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Write(JsonElement? value) =>
        value is { } json ? JsonMarshal.GetRawUtf8Value(json).ToArray() : default;
}
