using Everturn.AspNetCore.Server;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/start</c>: the first turn of a session, or its next one.</summary>
internal static class StartAgent
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await StartBody.ReadAsync(request).ConfigureAwait(false);
        var agentType = RequestFields.AgentType(body.AgentType);
        var input = StartRequestReader.Input(body);
        var asked = StartRequestReader.Options(body, key, request.IdempotencyKey) with
        {
            Server = request.Server?.Name,
        };
        var options = await SessionAccess.OwnAsync(request, agentType, asked).ConfigureAwait(false);
        var executor = request.Executor(agentType);
        if (await BeforeAsync(request, key, body, options.RequestId).ConfigureAwait(false) is { } abort)
        {
            await abort.Response.ExecuteAsync(request.Http).ConfigureAwait(false);
            return;
        }

        var run = await executor.ExecuteAsync(agentType, input, options, request.Aborted).ConfigureAwait(false);

        if (!run.IsReplay && request.Server is { } server)
        {
            var context = new AfterStartContext
            {
                Services = request.Http.RequestServices,
                SessionId = run.SessionId,
                RunId = run.RunId,
                AgentType = agentType,
                Handle = run,
            };
            await request
                .TellAsync(nameof(AgentServerHooks.AfterStart), stopping => server.AfterStartAsync(context, stopping))
                .ConfigureAwait(false);
        }

        await RunAnswer.WriteStartAsync(request, run).ConfigureAwait(false);
    }

    private static async Task<AbortResult?> BeforeAsync(
        SessionRequest request,
        SessionKey key,
        StartAgentRequestV2 body,
        string? requestId
    )
    {
        if (request.Server is not { } server || !server.Has(server.Options.Hooks.BeforeStart))
        {
            return null;
        }

        var before = await BeforeRun.ReadAsync(request, key, body.AgentType!, requestId).ConfigureAwait(false);
        return before is null
            ? null
            : await request
                .DecideAsync(
                    nameof(AgentServerHooks.BeforeStart),
                    () =>
                        server.BeforeStartAsync(
                            new()
                            {
                                Services = request.Http.RequestServices,
                                Request = request.Http.Request,
                                Body = body,
                                ExecutionState = before,
                            },
                            request.Aborted
                        )
                )
                .ConfigureAwait(false);
    }
}
