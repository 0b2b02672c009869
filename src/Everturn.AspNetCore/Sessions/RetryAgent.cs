using Everturn.AspNetCore.Server;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/retry</c>: tries a run again, in a new run.</summary>
internal static class RetryAgent
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await ContinuationBody
            .ReadAsync(request, EverturnHttpJson.Default.RetryAgentRequestV2)
            .ConfigureAwait(false);
        var agentType = RequestFields.AgentType(body.AgentType);
        var options = ResumeRequestReader.Options(body, request.IdempotencyKey) with { Server = request.Server?.Name };
        var executor = await ContinuationBody.ExecutorAsync(request, key, agentType).ConfigureAwait(false);
        var goesOn = await RunHooks
            .BeforeAsync(
                request,
                key,
                agentType,
                options.RequestId,
                nameof(AgentServerHooks.BeforeRetry),
                hooks => hooks.BeforeRetry,
                (server, state) =>
                    server.BeforeRetryAsync(
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

        var run = await ContinuationBody
            .NamingFieldsAsync(() => executor.RetryAsync(key, options, request.Aborted))
            .ConfigureAwait(false);
        await RunHooks
            .AfterAsync(
                request,
                run,
                nameof(AgentServerHooks.AfterRetry),
                (server, stopping) =>
                    server.AfterRetryAsync(
                        new()
                        {
                            Services = request.Http.RequestServices,
                            SessionId = run.SessionId,
                            RunId = run.RunId,
                            AgentType = run.Run.AgentType,
                            Handle = run,
                        },
                        stopping
                    )
            )
            .ConfigureAwait(false);
        await RunAnswer.WriteAsync(request, run).ConfigureAwait(false);
    }
}
