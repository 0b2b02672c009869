using System.Text.Json;

namespace Everturn.Workflows;

/// <summary>Values of steps, events and instances as plain JSON bytes.</summary>
internal static class StepJson
{
    /// <exception cref="NonRetryableException">The value cannot be written, which no retry would change.</exception>
    public static ReadOnlyMemory<byte> Write<T>(string stepName, T value)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, EverturnJson.TypeInfo<T>());
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            throw new NonRetryableException(
                $"Value returned from step \"{stepName}\" is not serialisable: {exception.Message}"
            );
        }
    }

    /// <remarks>Nothing was stored where a step without a result became one that has one: that reads as the default.</remarks>
    public static T Read<T>(ReadOnlyMemory<byte> json) =>
        json.IsEmpty ? default! : JsonSerializer.Deserialize(json.Span, EverturnJson.TypeInfo<T>())!;
}
