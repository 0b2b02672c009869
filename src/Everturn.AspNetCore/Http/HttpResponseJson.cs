using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore;

/// <summary>Writes answers.</summary>
internal static class HttpResponseJson
{
    /// <summary>Answers with JSON, its length known, in one write.</summary>
    public static Task WriteAsync<T>(
        this HttpResponse response,
        T value,
        JsonTypeInfo<T> type,
        int status = StatusCodes.Status200OK,
        string contentType = "application/json; charset=utf-8"
    )
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = json.Length;
        return response.BodyWriter.WriteAsync(json, response.HttpContext.RequestAborted).AsTask();
    }

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(this HttpResponse response, Problem problem)
    {
        if (problem.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString();
        }
        return response.WriteAsync(
            problem,
            EverturnHttpJson.Default.Problem,
            problem.Status,
            "application/problem+json; charset=utf-8"
        );
    }
}
