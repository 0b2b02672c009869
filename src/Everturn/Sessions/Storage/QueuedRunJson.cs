using System.Text.Json;

namespace Everturn.Sessions.Storage;

/// <summary>What a waiting message consists of, as stores keep it.</summary>
public static class QueuedRunJson
{
    /// <summary>Encodes messages and change of state.</summary>
    /// <param name="queued">The waiting message.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> Encode(QueuedRun queued)
    {
        ArgumentNullException.ThrowIfNull(queued);
        return JsonSerializer.SerializeToUtf8Bytes(
            new QueuedContent
            {
                Messages = queued.Messages,
                State = queued.StateChange.IsEmpty ? null : JsonElement.Parse(queued.StateChange.Span),
            },
            SessionJsonContext.Stored.QueuedContent
        );
    }

    /// <summary>Reads them back.</summary>
    /// <param name="queued">The waiting message without them.</param>
    /// <param name="json">What was encoded; empty where it does not wait any more.</param>
    public static QueuedRun Decode(QueuedRun queued, ReadOnlyMemory<byte> json)
    {
        ArgumentNullException.ThrowIfNull(queued);
        if (json.IsEmpty)
        {
            return queued;
        }

        var content = JsonSerializer.Deserialize(json.Span, SessionJsonContext.Stored.QueuedContent)!;
        return queued with
        {
            Messages = content.Messages,
            StateChange = content.State is { } state
                ? JsonSerializer.SerializeToUtf8Bytes(state, SessionJsonContext.Stored.JsonElement)
                : default,
        };
    }
}
