using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Everturn.StatefulAgents;

/// <summary>
/// How values of stateful agents are written and read: state, arguments, results, payloads. As <see cref="EverturnJson"/>,
/// whose types it knows, except that nulls are kept: to a JavaScript client null and undefined differ.
/// </summary>
public static class AgentJson
{
    /// <summary>The options, read-only. Add types with <see cref="EverturnJson.AddResolver"/>.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>How <typeparamref name="T"/> is written and read.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="NotSupportedException">The type is not known, see <see cref="EverturnJson"/>.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>A value as UTF-8 JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    /// <summary>A value from UTF-8 JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="json">The JSON.</param>
    /// <exception cref="JsonException">It is not JSON, or not of this type.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, TypeInfo<T>());

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(EverturnJson.Options)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        };
        options.MakeReadOnly();
        return options;
    }
}
