using System.Text.Json;
using System.Text.Json.Nodes;
using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Sessions;

/// <summary>The answer to what began a run.</summary>
internal static class RunAnswer
{
    /// <summary>Answers, in the server's own shape where it has one.</summary>
    public static async Task WriteAsync(SessionRequest request, AgentHandle run)
    {
        var isNew = run.Run.Ordinal == 1 && !run.IsReplay;
        var answer = new AgentStartResponse(run.SessionId, run.StreamId, isNew ? "started" : "resumed");
        var headers = request.Response.Headers;
        headers["Everturn-Run-Id"] = run.RunId;
        headers["Everturn-Instance-Id"] = run.Run.InstanceId;
        if (await TransformAsync(request, run, answer).ConfigureAwait(false) is { } json)
        {
            await WriteAsync(request.Response, json).ConfigureAwait(false);
            return;
        }

        await request.Response.WriteAsync(answer, EverturnHttpJson.Default.AgentStartResponse).ConfigureAwait(false);
    }

    private static async Task<JsonNode?> TransformAsync(
        SessionRequest request,
        AgentHandle run,
        AgentStartResponse answer
    ) =>
        request.Server is { } server
            ? await request
                .TellAsync(
                    nameof(AgentServerHooks.TransformResponse),
                    stopping =>
                        server.TransformResponseAsync(
                            new()
                            {
                                Services = request.Http.RequestServices,
                                Response = answer,
                                SessionId = run.SessionId,
                                AgentType = run.Run.AgentType,
                            },
                            stopping
                        )
                )
                .ConfigureAwait(false)
            : null;

    private static async Task WriteAsync(HttpResponse response, JsonNode json)
    {
        response.ContentType = "application/json; charset=utf-8";
        var writer = new Utf8JsonWriter(response.BodyWriter);
        await using var _ = writer.ConfigureAwait(false);
        json.WriteTo(writer);
        await writer.FlushAsync(response.HttpContext.RequestAborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted).ConfigureAwait(false);
    }
}
