using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>Makes an agent's request of ASP.NET Core's. The request of a connection outlives it: everything is copied.</summary>
internal static class AgentRequests
{
    public static AgentRequest From(HttpContext http, string target, string subPath, bool isConnection)
    {
        var request = http.Request;
        return new()
        {
            Method = request.Method,
            Target = target,
            SubPath = subPath,
            Query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value is [.., { } last] ? last : ""),
            Headers = request.Headers.ToDictionary(
                pair => pair.Key,
                pair => string.Join(", ", pair.Value.ToArray()),
                StringComparer.OrdinalIgnoreCase
            ),
            User = http.User,
            Body = isConnection ? Stream.Null : request.Body,
        };
    }

    public static async Task WriteAsync(HttpResponse response, AgentResponse answer)
    {
        response.StatusCode = answer.Status;
        if (answer.ContentType is { } type)
        {
            response.ContentType = type;
        }
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }
        if (answer.Body.IsEmpty || HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            return;
        }
        response.ContentLength = answer.Body.Length;
        await response.BodyWriter.WriteAsync(answer.Body, response.HttpContext.RequestAborted).ConfigureAwait(false);
    }
}
