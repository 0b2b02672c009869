using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/snapshot</c>: what a page needs to show a session and to follow it.</summary>
internal static class GetSnapshot
{
    private const int DefaultLimit = 100;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var limit = request.Query.Limit(DefaultLimit);
        var snapshot =
            await request.Store.GetSnapshotAsync(key, limit, request.Aborted).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(key.SessionId);
        var response = new SnapshotResponse
        {
            SessionId = key.SessionId,
            AgentType = snapshot.Session.AgentType,
            Status = ExecutionStatus.Of(snapshot.Run?.Status),
            RunId = snapshot.Run?.RunId,
            Messages = [.. snapshot.Messages.Messages.Select(MessageView.Of)],
            Offset = snapshot.Messages.Offset,
            Total = snapshot.Messages.Total,
            InFlight = MessageInFlight.Of(snapshot),
            State = State(snapshot.State),
            StreamSequence = snapshot.StreamSequence,
            Timestamp = request.Service<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.SnapshotResponse).ConfigureAwait(false);
    }

    private static JsonElement? State(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }
        var reader = new Utf8JsonReader(json.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
