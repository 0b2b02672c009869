using Everturn.Agents;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/interrupt</c>: the soft stop, durable and idempotent.</summary>
internal static class InterruptAgent
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await StopAnswer.ReadAsync(request, EverturnHttpJson.Default.InterruptRequest).ConfigureAwait(false);
        var mode = Mode(body?.Mode);
        var reason = StopAnswer.Reason(body?.Reason);
        var session = await request.SessionAsync(key).ConfigureAwait(false);
        var executor = request.AnyExecutor(session.AgentType);
        var run = body?.RunId is { } runId
            ? await StopAnswer
                .StopAsync(request, key, runId, handle => handle.InterruptAsync(reason, mode, request.Aborted))
                .ConfigureAwait(false)
            : await executor.InterruptAsync(key, reason, mode, request.Aborted).ConfigureAwait(false);
        await StopAnswer.WriteAsync(request, key, run).ConfigureAwait(false);
    }

    private static InterruptMode Mode(string? mode) =>
        mode switch
        {
            null or "at_once" => InterruptMode.AtOnce,
            "at_checkpoint" => InterruptMode.AtCheckpoint,
            _ => throw new InvalidInputException("mode", "It is at_once or at_checkpoint."),
        };
}
