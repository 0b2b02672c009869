using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/status</c>.</summary>
internal static class GetStatus
{
    private static readonly PageRequest Newest = new(Limit: 1);

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var session = await request.SessionAsync(key).ConfigureAwait(false);
        var run = await request.Store.GetCurrentRunAsync(key, request.Aborted).ConfigureAwait(false);
        var checkpoints = await request.Store.ListCheckpointsAsync(key, Newest, request.Aborted).ConfigureAwait(false);
        var response = new AgentStatusResponse
        {
            SessionId = key.SessionId,
            Status = ExecutionStatus.Of(run?.Status),
            Output = RunOutput.Of(run),
            Error = run?.Error,
            StepCount = session.StepCount,
            CheckpointId = checkpoints.Items is [var newest, ..] ? newest.CheckpointId : null,
            IsExecuting = run?.Status == RunStatus.Running,
        };
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.AgentStatusResponse).ConfigureAwait(false);
    }
}
