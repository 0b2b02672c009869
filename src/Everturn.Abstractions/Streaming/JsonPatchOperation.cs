using System.Text.Json;

namespace Everturn.Streaming;

/// <summary>One operation of a JSON patch (RFC 6902).</summary>
/// <param name="Op"><c>add</c>, <c>remove</c> or <c>replace</c>.</param>
/// <param name="Path">A JSON pointer (RFC 6901); <c>/-</c> at its end appends to an array.</param>
/// <param name="Value">The value; absent for <c>remove</c>.</param>
public sealed record JsonPatchOperation(string Op, string Path, JsonElement? Value = null);
