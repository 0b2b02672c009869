using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Everturn.AspNetCore.Tests;

internal static class ReadingHttp
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, Token);
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return await response.JsonAsync();
    }

    public static Task<HttpResponseMessage> PostJsonAsync(
        this HttpClient http,
        string path,
        string json,
        params (string Name, string Value)[] headers
    ) => http.PostBytesAsync(path, Encoding.UTF8.GetBytes(json), "application/json", headers);

    public static async Task<HttpResponseMessage> PostBytesAsync(
        this HttpClient http,
        string path,
        byte[] body,
        string? contentType,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }
        return await http.SendAsync(request, Token);
    }

    /// <summary>Checks that an answer is a problem as RFC 9457 has it, and gives it.</summary>
    public static async Task<JsonElement> ProblemAsync(
        this HttpResponseMessage response,
        int status,
        string code,
        string? field = null
    )
    {
        var problem = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(status, problem.ToString());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe("urn:everturn:problem:" + code);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        var found = problem.TryGetProperty("field", out var value) ? value.GetString() : null;
        found.ShouldBe(field);
        return problem;
    }

    public static string[] Names(this JsonElement element) =>
        [.. element.EnumerateObject().Select(property => property.Name)];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
