using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Client;

/// <summary>A server of Everturn's, over HTTP. Shared by all groups of commands.</summary>
internal sealed class EverturnClient : IDisposable
{
    private readonly HttpClient _http;

    private EverturnClient(HttpClient http) => _http = http;

    /// <summary>The server's address.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>A client of a server.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="apiKey">A bearer token; null for none.</param>
    /// <exception cref="CommandException">The address is none.</exception>
    public static EverturnClient Create(string url, string? apiKey)
    {
        if (
            !Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
        )
        {
            throw new CommandException($"--url: '{url}' is not an http or https address.", ExitCode.Usage);
        }
        var http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(apiKey))
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }
        return new(http);
    }

    /// <summary>Whether an exception means that there is no connection, or none any more.</summary>
    public static bool IsDisconnect(Exception exception) => exception is HttpRequestException or IOException;

    /// <summary>The path of a session.</summary>
    public static string SessionPath(string sessionId) => "sessions/" + Uri.EscapeDataString(sessionId);

    /// <summary>The path of a workflow's instances.</summary>
    public static string InstancesPath(string workflow) => $"workflows/{Uri.EscapeDataString(workflow)}/instances";

    /// <summary>The path of an instance of a workflow.</summary>
    public static string InstancePath(string workflow, string id) =>
        $"{InstancesPath(workflow)}/{Uri.EscapeDataString(id)}";

    /// <summary>Gets JSON.</summary>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Get, path), cancellationToken);

    /// <summary>Posts JSON and gets JSON.</summary>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public Task<JsonElement> PostAsync<T>(
        string path,
        T body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) => SendAsync(new(HttpMethod.Post, path) { Content = Json(body, type) }, cancellationToken);

    /// <summary>Posts JSON that is text already, or nothing, and gets JSON.</summary>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public Task<JsonElement> PostAsync(string path, string? json, CancellationToken cancellationToken) =>
        SendAsync(
            new(HttpMethod.Post, path)
            {
                Content = json is null ? null : new StringContent(json, Encoding.UTF8, MediaTypeNames.Application.Json),
            },
            cancellationToken
        );

    /// <summary>Changes something with JSON and gets JSON.</summary>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public Task<JsonElement> PatchAsync<T>(
        string path,
        T body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) => SendAsync(new(HttpMethod.Patch, path) { Content = Json(body, type) }, cancellationToken);

    /// <summary>Deletes something.</summary>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Delete, path), cancellationToken);

    /// <summary>Opens a response that goes on for as long as it likes.</summary>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var response = await _http
            .GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await CheckAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonContent Json<T>(T body, JsonTypeInfo<T> type) =>
        JsonContent.Create(body, type, new(MediaTypeNames.Application.Json));

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await CheckAsync(response, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return body.Length == 0 ? default : Parse(body);
        }
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }
        ProblemBody? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Application.ProblemJson)
        {
            problem = await response
                .Content.ReadFromJsonAsync(ClientJson.Default.ProblemBody, cancellationToken)
                .ConfigureAwait(false);
        }
        throw new ServerProblemException(response.StatusCode, problem);
    }

    private JsonElement Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CommandException(
                $"{Address} did not answer with JSON. Is it an Everturn server?",
                ExitCode.Usage
            );
        }
    }
}
