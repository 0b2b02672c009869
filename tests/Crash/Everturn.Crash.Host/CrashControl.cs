using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Crash.Host;

/// <summary>The verbs that take a session up again or stop it, each idempotent by its request id.</summary>
internal static class CrashControl
{
    public static void MapControl(this WebApplication app)
    {
        app.MapPost(
            "/crash/sessions/{id}/abort",
            (string id, IAgentExecutor executor, CancellationToken ct) =>
                DoneAsync(executor.AbortAsync(new SessionKey(id), "enough", ct))
        );
        app.MapPost(
            "/crash/sessions/{id}/resume",
            (string id, string requestId, IAgentExecutor executor, CancellationToken ct) =>
                DoneAsync(executor.ResumeAsync(new SessionKey(id), new() { RequestId = requestId }, ct))
        );
        app.MapPost(
            "/crash/sessions/{id}/retry",
            (string id, string requestId, IAgentExecutor executor, CancellationToken ct) =>
                DoneAsync(
                    executor.RetryAsync(
                        new SessionKey(id),
                        new()
                        {
                            Mode = RetryMode.FromStart,
                            Message = "two",
                            RequestId = requestId,
                        },
                        ct
                    )
                )
        );
        app.MapPost(
            "/crash/sessions/{id}/branch",
            async (string id, string requestId, IAgentExecutor executor, ISessionStore store, CancellationToken ct) =>
            {
                var key = new SessionKey(id);
                var checkpoints = await store.ListCheckpointsAsync(key, new(100), ct);
                return await DoneAsync(
                    executor.ResumeAsync(
                        key,
                        new()
                        {
                            Mode = ResumeMode.Branch,
                            CheckpointId = checkpoints.Items[^1].CheckpointId,
                            Message = "two",
                            RequestId = requestId,
                        },
                        ct
                    )
                );
            }
        );
    }

    private static async Task<IResult> DoneAsync(Task verb)
    {
        await verb;
        return Results.NoContent();
    }
}
