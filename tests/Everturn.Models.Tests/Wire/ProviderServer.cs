using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Everturn.Models.Tests.Wire;

/// <summary>Plays a vendor on a free port: one queued reply per request.</summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    private readonly IWire _wire;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WireReply> _replies = new();

    private ProviderServer(IWire wire)
    {
        _wire = wire;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/{**path}", AnswerAsync);
    }

    public ConcurrentQueue<WireRequest> Requests { get; } = new();

    public Uri Url => new(_app.Urls.Single());

    public static async Task<ProviderServer> StartAsync(IWire wire, params WireReply[] replies)
    {
        var server = new ProviderServer(wire);
        foreach (var reply in replies)
        {
            server._replies.Enqueue(reply);
        }

        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var headers = http.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        Requests.Enqueue(new(http.Request.Path, headers, body.RootElement.Clone()));
        var reply = _replies.TryDequeue(out var next) ? next : WireReply.Refuses(418);
        if (reply.Status != 200)
        {
            http.Response.StatusCode = reply.Status;
            http.Response.ContentType = "application/json";
            http.Response.Headers.RetryAfter = reply.RetryAfter;
            await http.Response.WriteAsync(_wire.Error(reply.Status), http.RequestAborted);
        }
        else if (body.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean())
        {
            await StreamAsync(http, reply);
        }
        else
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(_wire.Body(reply), http.RequestAborted);
        }
    }

    private async Task StreamAsync(HttpContext http, WireReply reply)
    {
        http.Response.ContentType = "text/event-stream";
        await WriteAsync(http, _wire.Pieces(reply));
        await reply.Gate.WaitAsync(http.RequestAborted);
        switch (reply.Ending)
        {
            case Ending.Whole:
                await WriteAsync(http, _wire.Closing(reply));
                break;
            case Ending.Overloaded:
                await WriteAsync(http, [_wire.OverloadedEvent]);
                break;
            case Ending.Cut:
                http.Abort();
                break;
            case Ending.Stalls:
                await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
                break;
        }
    }

    private static async Task WriteAsync(HttpContext http, IEnumerable<string> events)
    {
        foreach (var item in events)
        {
            await http.Response.WriteAsync(item, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
