using Everturn.AspNetCore.Server;

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
        var goesOn = await RunHooks
            .BeforeAsync(
                request,
                key,
                agentType,
                options.RequestId,
                nameof(AgentServerHooks.BeforeStart),
                hooks => hooks.BeforeStart,
                (server, state) =>
                    server.BeforeStartAsync(
                        new()
                        {
                            Services = request.Http.RequestServices,
                            Request = request.Http.Request,
                            Body = body,
                            ExecutionState = state,
                        },
                        request.Aborted
                    )
            )
            .ConfigureAwait(false);
        if (!goesOn)
        {
            return;
        }

        var run = await executor.ExecuteAsync(agentType, input, options, request.Aborted).ConfigureAwait(false);
        await RunHooks
            .AfterAsync(
                request,
                run,
                nameof(AgentServerHooks.AfterStart),
                (server, stopping) =>
                    server.AfterStartAsync(
                        new()
                        {
                            Services = request.Http.RequestServices,
                            SessionId = run.SessionId,
                            RunId = run.RunId,
                            AgentType = agentType,
                            Handle = run,
                        },
                        stopping
                    )
            )
            .ConfigureAwait(false);
        await RunAnswer.WriteStartAsync(request, run).ConfigureAwait(false);
    }
}
