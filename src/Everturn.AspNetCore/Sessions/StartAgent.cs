using Everturn.Agents;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/start</c>: the first turn of a session, or its next one.</summary>
internal static class StartAgent
{
    private const int Slack = 64 * 1024;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var limits = request.Service<EverturnLimits>();
        // Room for the message, as much again for those before it, and the state; the contracts judge each by itself.
        var maxBytes = (2 * limits.MessageBytes) + limits.StateBytes + Slack;
        var body = await JsonBody
            .ReadAsync(request.Http.Request, EverturnHttpJson.Default.StartAgentRequestV2, maxBytes)
            .ConfigureAwait(false);
        var agentType = StartRequestReader.AgentType(body);
        var input = StartRequestReader.Input(body);
        var options = await SessionAccess
            .OwnAsync(
                request,
                agentType,
                StartRequestReader.Options(body, key, IdempotencyKey(request.Http.Request.Headers))
            )
            .ConfigureAwait(false);

        var run = await request
            .Service<IAgentExecutor>()
            .ExecuteAsync(agentType, input, options, request.Aborted)
            .ConfigureAwait(false);

        var isNew = run.Run.Ordinal == 1 && !run.IsReplay;
        request.Response.Headers["Everturn-Run-Id"] = run.RunId;
        request.Response.Headers["Everturn-Instance-Id"] = run.Run.InstanceId;
        await request
            .Response.WriteAsync(
                new AgentStartResponse(run.SessionId, run.StreamId, isNew ? "started" : "resumed"),
                EverturnHttpJson.Default.AgentStartResponse
            )
            .ConfigureAwait(false);
    }

    private static string? IdempotencyKey(IHeaderDictionary headers) =>
        headers.TryGetValue("Idempotency-Key", out var values) ? values.ToString() : null;
}
