namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/runs</c>: one record per run.</summary>
internal static class ListRuns
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var page = request.Query.Page();
        await request.SessionAsync(key).ConfigureAwait(false);
        var runs = await request.Store.ListRunsAsync(key, page, request.Aborted).ConfigureAwait(false);
        var response = new RunsResponse(
            [.. runs.Items.Select(RunView.Of)],
            runs.NextCursor is not null,
            runs.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.RunsResponse).ConfigureAwait(false);
    }
}
