namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/usage</c>: what the session used, one by one and in total.</summary>
internal static class GetUsage
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var page = request.Query.Page();
        await request.SessionAsync(key).ConfigureAwait(false);
        var store = request.Server?.Options.UsageStoreFactory?.Invoke(request.Http.RequestServices) ?? request.Store;
        var entries = await store.GetEntriesAsync(key, page, request.Aborted).ConfigureAwait(false);
        var response = new UsageResponse(
            [.. entries.Items.Select(UsageView.Of)],
            await store.GetRollupAsync(key, request.Aborted).ConfigureAwait(false),
            entries.NextCursor is not null,
            entries.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.UsageResponse).ConfigureAwait(false);
    }
}
