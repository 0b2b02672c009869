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
        var run = await request
            .AnyExecutor(session.AgentType)
            .AbortAsync(key, reason, request.Aborted)
            .ConfigureAwait(false);
        await StopAnswer.WriteAsync(request, key, run).ConfigureAwait(false);
    }
}
