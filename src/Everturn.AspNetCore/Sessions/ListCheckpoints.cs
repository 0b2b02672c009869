namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/checkpoints</c>: where a run can be resumed from.</summary>
internal static class ListCheckpoints
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var page = request.Query.Page();
        await request.SessionAsync(key).ConfigureAwait(false);
        var checkpoints = await request.Store.ListCheckpointsAsync(key, page, request.Aborted).ConfigureAwait(false);
        var response = new CheckpointsResponse(
            [.. checkpoints.Items.Select(CheckpointView.Of)],
            checkpoints.NextCursor is not null,
            checkpoints.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.CheckpointsResponse).ConfigureAwait(false);
    }
}
