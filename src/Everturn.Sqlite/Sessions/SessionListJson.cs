using System.Text.Json;

namespace Everturn.Sqlite.Sessions;

/// <summary>The small lists that are kept as JSON in a column; an empty one is NULL.</summary>
internal static class SessionListJson
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    public static byte[]? Encode(IReadOnlyList<string> list) => list.Count == 0 ? null : EncodeAlways(list);

    public static byte[] EncodeAlways(IReadOnlyList<string> list) =>
        JsonSerializer.SerializeToUtf8Bytes(list, SessionListJsonContext.Default.IReadOnlyListString);

    public static byte[]? Encode(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Count == 0
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(
                metadata,
                SessionListJsonContext.Default.IReadOnlyDictionaryStringString
            );

    public static IReadOnlyList<string> List(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? [] : JsonSerializer.Deserialize(json, SessionListJsonContext.Default.IReadOnlyListString)!;

    public static IReadOnlyDictionary<string, string> Metadata(ReadOnlySpan<byte> json) =>
        json.IsEmpty
            ? NoMetadata
            : JsonSerializer.Deserialize(json, SessionListJsonContext.Default.IReadOnlyDictionaryStringString)!;
}
