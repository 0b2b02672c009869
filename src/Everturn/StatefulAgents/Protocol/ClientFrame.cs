using System.Text.Json;

namespace Everturn.StatefulAgents.Protocol;

/// <summary>A text frame from a client, sorted (Cloudflare Agents, client protocol).</summary>
/// <remarks>
/// Only what has exactly the right shape belongs to the protocol. Everything else, broken JSON included, is the
/// application's own and goes to its message handler.
/// </remarks>
internal readonly record struct ClientFrame
{
    private static readonly ClientFrame Message = new() { Kind = ClientFrameKind.Message };

    /// <summary>What it is.</summary>
    public ClientFrameKind Kind { get; private init; }

    /// <summary>The id of a call, chosen by the client.</summary>
    public string Id { get; private init; }

    /// <summary>The method of a call.</summary>
    public string Method { get; private init; }

    /// <summary>The arguments of a call, an array; or the new state.</summary>
    public JsonElement Value { get; private init; }

    /// <summary>Sorts a frame.</summary>
    /// <param name="text">The frame's text in UTF-8.</param>
    public static ClientFrame Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            // Most messages of applications are not objects of ours: do not parse what cannot be one.
            return text.Span.IndexOf((byte)'{') < 0 ? Message : Sort(JsonElement.Parse(text.Span));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text in it that escapes half a character.
            return Message;
        }
    }

    private static ClientFrame Sort(JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object || Text(frame, "type"u8) is not { } type)
        {
            return Message;
        }
        if (type == "cf_agent_state" && frame.TryGetProperty("state"u8, out var state))
        {
            return new() { Kind = ClientFrameKind.State, Value = state };
        }
        if (
            type == "rpc"
            && Text(frame, "id"u8) is { } id
            && Text(frame, "method"u8) is { } method
            && frame.TryGetProperty("args"u8, out var arguments)
            && arguments.ValueKind == JsonValueKind.Array
        )
        {
            return new()
            {
                Kind = ClientFrameKind.Rpc,
                Id = id,
                Method = method,
                Value = arguments,
            };
        }
        return Message;
    }

    private static string? Text(JsonElement frame, ReadOnlySpan<byte> name) =>
        frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
