using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Everturn.AspNetCore;

/// <summary>
/// Reads JSON bodies strictly: of a known size, in valid UTF-8, well-formed to the last byte. Members that are not
/// known are ignored, so that a newer client can talk to an older server.
/// </summary>
internal static class JsonBody
{
    /// <summary>The field that problems of the body as a whole name.</summary>
    public const string Field = "body";

    private const int MaxDepth = 64;

    /// <summary>Reads a body that must be there.</summary>
    /// <exception cref="HttpProblemException">It is not JSON, too large, malformed, or has a value of a wrong type.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, int maxBytes)
        where T : class =>
        await ReadOptionalAsync(request, type, maxBytes).ConfigureAwait(false)
        ?? throw new HttpProblemException(Problems.Malformed(Field, "The body is empty; a JSON object is needed."));

    /// <summary>Reads a body that may be left out; null where it is empty.</summary>
    /// <exception cref="HttpProblemException">It is not JSON, too large, malformed, or has a value of a wrong type.</exception>
    public static async ValueTask<T?> ReadOptionalAsync<T>(HttpRequest request, JsonTypeInfo<T> type, int maxBytes)
        where T : class
    {
        var json = await ReadRawAsync(request, maxBytes).ConfigureAwait(false);
        return json.IsEmpty ? null : Parse(json.Span, type);
    }

    /// <summary>Reads a body of any JSON as it came; empty where it is left out.</summary>
    /// <exception cref="HttpProblemException">It is not JSON, too large, or malformed.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadRawAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > maxBytes)
            {
                throw TooLarge(maxBytes);
            }
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            byte[] json = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            if (json.Length > 0)
            {
                CheckMediaType(request.ContentType);
                CheckText(json);
            }
            return json;
        }
    }

    /// <summary>Gives a body that was read as JSON its type.</summary>
    /// <exception cref="HttpProblemException">It has a value of a wrong type.</exception>
    public static T Convert<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return NotNull(json.Deserialize(type));
        }
        catch (JsonException exception)
        {
            throw WrongType(exception);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return NotNull(JsonSerializer.Deserialize(json, type));
        }
        catch (JsonException exception)
        {
            throw WrongType(exception);
        }
    }

    private static T NotNull<T>(T? value)
        where T : class =>
        value ?? throw new HttpProblemException(Problems.InvalidInput(Field, "A JSON object is needed, not null."));

    // The text is well-formed, so this is a value of a wrong type; the path says which.
    private static HttpProblemException WrongType(JsonException exception) =>
        new(Problems.InvalidInput(FieldOf(exception.Path), "The value has a wrong type, or is given twice."));

    private static void CheckMediaType(string? contentType)
    {
        if (
            !MediaTypeHeaderValue.TryParse(contentType, out var type)
            || !(
                type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            )
            || !(!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        )
        {
            throw new HttpProblemException(Problems.UnsupportedMediaType());
        }
    }

    // The serializer would let malformed text through in members that it skips or keeps as they are.
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new HttpProblemException(Problems.Malformed(Field, "The body is not valid UTF-8."));
        }
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader is { ValueIsEscaped: true, TokenType: JsonTokenType.String or JsonTokenType.PropertyName })
                {
                    reader.GetString();
                }
            }
        }
        catch (JsonException exception)
        {
            throw new HttpProblemException(Problems.Malformed(Field, exception.Message));
        }
        catch (InvalidOperationException)
        {
            throw new HttpProblemException(
                Problems.Malformed(Field, $"The text at byte {reader.TokenStartIndex} escapes half a character.")
            );
        }
    }

    private static string FieldOf(string? path) =>
        path is null or "$" ? Field
        : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..]
        : path.TrimStart('$');

    private static HttpProblemException TooLarge(int maxBytes) =>
        new(Problems.TooLarge($"The body has more than {maxBytes} bytes."));
}
