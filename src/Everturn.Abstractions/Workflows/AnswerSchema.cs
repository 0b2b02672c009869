using System.Text.Json.Schema;

namespace Everturn.Workflows;

/// <summary>The JSON schema of a type that answers bring.</summary>
/// <typeparam name="T">The type.</typeparam>
internal static class AnswerSchema<T>
{
    private static byte[]? _json;

    /// <exception cref="NotSupportedException">The type is not known, see <see cref="EverturnJson"/>.</exception>
    public static ReadOnlyMemory<byte> Json =>
        _json ??= System.Text.Encoding.UTF8.GetBytes(
            EverturnJson.TypeInfo<T>().GetJsonSchemaAsNode(AnswerSchemaOptions.Exporter).ToJsonString()
        );
}
