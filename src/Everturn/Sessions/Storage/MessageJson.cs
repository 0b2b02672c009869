using System.Text.Json;

namespace Everturn.Sessions.Storage;

/// <summary>Messages as stores keep them. Run and time are columns and not in the JSON.</summary>
public static class MessageJson
{
    /// <summary>Encodes the content of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>UTF-8 JSON without run and time.</returns>
    /// <exception cref="JsonException">It is nested too deeply to be read again.</exception>
    /// <exception cref="InvalidOperationException">A JSON value in it is undefined.</exception>
    public static ReadOnlyMemory<byte> Encode(AgentMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return JsonSerializer.SerializeToUtf8Bytes(
            message with
            {
                RunId = null,
                CreatedAt = null,
            },
            SessionJsonContext.Stored.AgentMessage
        );
    }

    /// <summary>Reads a stored message.</summary>
    /// <param name="stored">The message's row.</param>
    public static AgentMessage Decode(EncodedMessage stored) =>
        JsonSerializer.Deserialize(stored.Json.Span, SessionJsonContext.Stored.AgentMessage)! with
        {
            RunId = stored.RunId,
            CreatedAt = stored.CreatedAt,
        };
}
