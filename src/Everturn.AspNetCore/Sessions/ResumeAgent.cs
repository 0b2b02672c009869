using Everturn.Agents;
using Everturn.AspNetCore.Server;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>POST /sessions/{sessionId}/resume</c>: takes the session up again, in a new run.</summary>
internal static class ResumeAgent
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var body = await ContinuationBody
            .ReadAsync(request, EverturnHttpJson.Default.ResumeAgentRequestV2)
            .ConfigureAwait(false);
        var agentType = RequestFields.AgentType(body.AgentType);
        var options = ResumeRequestReader.Options(body, request.IdempotencyKey) with { Server = request.Server?.Name };
        var executor = await ContinuationBody.ExecutorAsync(request, key, agentType).ConfigureAwait(false);
        if (
            request.Server is { } server
            && server.Has(server.Options.Hooks.BeforeResume)
            && await BeforeRun.ReadAsync(request, key, agentType, options.RequestId).ConfigureAwait(false) is { } state
        )
        {
            var context = new BeforeResumeContext
            {
                Services = request.Http.RequestServices,
                Request = request.Http.Request,
                Body = body,
                ExecutionState = state,
            };
            var abort = await request
                .DecideAsync(
                    nameof(AgentServerHooks.BeforeResume),
                    () => server.BeforeResumeAsync(context, request.Aborted)
                )
                .ConfigureAwait(false);
            if (abort is not null)
            {
                await abort.Response.ExecuteAsync(request.Http).ConfigureAwait(false);
                return;
            }
        }

        var run = await ContinuationBody
            .NamingFieldsAsync(() => executor.ResumeAsync(key, options, request.Aborted))
            .ConfigureAwait(false);
        await AfterAsync(request, run).ConfigureAwait(false);
        await RunAnswer.WriteAsync(request, run).ConfigureAwait(false);
    }

    private static async Task AfterAsync(SessionRequest request, AgentHandle run)
    {
        if (request.Server is not { } server || run.IsReplay)
        {
            return;
        }

        var context = new AfterResumeContext
        {
            Services = request.Http.RequestServices,
            SessionId = run.SessionId,
            RunId = run.RunId,
            AgentType = run.Run.AgentType,
            Handle = run,
        };
        await request
            .TellAsync(nameof(AgentServerHooks.AfterResume), stopping => server.AfterResumeAsync(context, stopping))
            .ConfigureAwait(false);
    }
}
