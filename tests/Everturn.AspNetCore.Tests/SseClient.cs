using System.Runtime.CompilerServices;

namespace Everturn.AspNetCore.Tests;

/// <summary>An open event stream, parsed as the standard says.</summary>
internal sealed class SseClient : IDisposable
{
    private readonly StreamReader _reader;

    private SseClient(HttpResponseMessage response, Stream stream)
    {
        Response = response;
        _reader = new(stream);
    }

    public HttpResponseMessage Response { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SseClient> OpenAsync(HttpClient http, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        ((int)response.StatusCode).ShouldBe(200);
        return new(response, await response.Content.ReadAsStreamAsync(Token));
    }

    /// <summary>All events of a stream that ends.</summary>
    public static async Task<List<SseEvent>> ReadAllAsync(HttpClient http, string path, string? lastEventId = null)
    {
        using var client = await OpenAsync(http, path, lastEventId);
        var events = new List<SseEvent>();
        await foreach (var item in client.EventsAsync(Token))
        {
            events.Add(item);
        }
        return events;
    }

    /// <summary>The next events, as many as asked for.</summary>
    public async Task<List<SseEvent>> TakeAsync(int count)
    {
        var events = new List<SseEvent>();
        await foreach (var item in EventsAsync(Token))
        {
            events.Add(item);
            if (events.Count == count)
            {
                break;
            }
        }
        return events;
    }

    public async IAsyncEnumerable<SseEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? id = null;
        string? data = null;
        var type = "message";
        while (await _reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                if (data is not null)
                {
                    yield return new(id, type, data);
                }
                (id, data, type) = (null, null, "message");
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = line[6..];
            }
            else
            {
                line.ShouldStartWith(":");
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        Response.Dispose();
    }
}
