namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/abort</c>: the hard stop, durable and idempotent; the run cannot be resumed.</summary>
internal static class AbortAgent
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await StopAnswer.ReadAsync(request, EverturnHttpJson.Default.AbortRequest).ConfigureAwait(false);
        var reason = StopAnswer.Reason(body?.Reason);
        var session = await request.SessionAsync(key).ConfigureAwait(false);
        var executor = request.AnyExecutor(session.AgentType);
        var run = body?.RunId is { } runId
            ? await StopAnswer
                .StopAsync(request, key, runId, handle => handle.AbortAsync(reason, request.Aborted))
                .ConfigureAwait(false)
            : await executor.AbortAsync(key, reason, request.Aborted).ConfigureAwait(false);
        await StopAnswer.WriteAsync(request, key, run).ConfigureAwait(false);
    }
}
