using Everturn.AspNetCore.Server;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Reads the body of a start, and lets the server transform it first.</summary>
internal static class StartBody
{
    private const int Slack = 64 * 1024;

    public static async Task<StartAgentRequestV2> ReadAsync(SessionRequest request)
    {
        var limits = request.Service<EverturnLimits>();
        // Room for the message, as much again for those before it, and the state; the contracts judge each by itself.
        var maxBytes = (2 * limits.MessageBytes) + limits.StateBytes + Slack;
        var http = request.Http.Request;
        if (request.Server is not { } server || !server.Has(server.Options.Hooks.TransformRequest))
        {
            return await JsonBody
                .ReadAsync(http, EverturnHttpJson.Default.StartAgentRequestV2, maxBytes)
                .ConfigureAwait(false);
        }

        using var raw = await JsonBody
            .ReadAsync(http, EverturnHttpJson.Default.JsonDocument, maxBytes)
            .ConfigureAwait(false);
        var context = new TransformRequestContext
        {
            Services = request.Http.RequestServices,
            Request = http,
            // A copy: a hook may keep it.
            Body = raw.RootElement.Clone(),
        };
        return await HookCalls
                .DecideAsync(
                    nameof(AgentServerHooks.TransformRequest),
                    server.Logger(context.Services),
                    () => server.TransformRequestAsync(context, request.Aborted),
                    request.Aborted
                )
                .ConfigureAwait(false)
            ?? JsonBody.Convert(context.Body, EverturnHttpJson.Default.StartAgentRequestV2);
    }
}
