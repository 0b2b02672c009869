namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/messages</c>: part of the transcript.</summary>
internal static class GetMessages
{
    private const int DefaultLimit = 100;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var offset = (int)(request.Query.Number("offset", int.MaxValue) ?? 0);
        var limit = request.Query.Limit(DefaultLimit);
        await request.SessionAsync(key).ConfigureAwait(false);
        var page = await request.Store.GetMessagesAsync(key, offset, limit, request.Aborted).ConfigureAwait(false);
        var response = new MessagesResponse(
            [.. page.Messages.Select(MessageView.Of)],
            page.Offset,
            page.Total,
            page.HasMore
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.MessagesResponse).ConfigureAwait(false);
    }
}
