using System.Text.Json;
using System.Text.Json.Nodes;
using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Sessions;

/// <summary>The answer to what began a run.</summary>
internal static class RunAnswer
{
    /// <summary>Answers a resume or a retry.</summary>
    public static Task WriteAsync(SessionRequest request, AgentHandle run) => WriteAsync(request, run, AnswerOf(run));

    /// <summary>Answers a start, in the server's own shape where it has one.</summary>
    public static async Task WriteStartAsync(SessionRequest request, AgentHandle run)
    {
        var answer = AnswerOf(run);
        if (await TransformAsync(request, run, answer).ConfigureAwait(false) is { } json)
        {
            WriteHeaders(request, run);
            await WriteAsync(request.Response, json).ConfigureAwait(false);
            return;
        }

        await WriteAsync(request, run, answer).ConfigureAwait(false);
    }

    private static AgentStartResponse AnswerOf(AgentHandle run) =>
        new(
            run.SessionId,
            run.StreamId,
            run.Run.Status == RunStatus.Queued || run.Run.Status == RunStatus.Joined ? run.Run.Status.Value
                : run.Run.Ordinal == 1 && !run.IsReplay ? "started"
                : "resumed"
        );

    private static Task WriteAsync(SessionRequest request, AgentHandle run, AgentStartResponse answer)
    {
        WriteHeaders(request, run);
        return request.Response.WriteAsync(answer, EverturnHttpJson.Default.AgentStartResponse);
    }

    private static void WriteHeaders(SessionRequest request, AgentHandle run)
    {
        var headers = request.Response.Headers;
        headers["Everturn-Run-Id"] = run.RunId;
        if (run.Run.InstanceId.Length > 0)
        {
            headers["Everturn-Instance-Id"] = run.Run.InstanceId;
        }
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
