using System.Net.WebSockets;
using Everturn.AspNetCore.Tests.Server;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;

namespace Everturn.AspNetCore.Tests;

/// <summary>A stream under an address of the application's own.</summary>
public sealed class GatewayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_and_a_socket_can_have_other_addresses()
    {
        await using var host = await StartAsync("Hi.");
        await host.EndOfAsync(await host.StartRunAsync());

        var events = await SseClient.ReadAllAsync(host.Http, "/stream/s1");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(host.Http.BaseAddress!) { Scheme = "ws", Path = "/ws/s1" }.Uri, Token);
        var frame = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(frame, Token);

        events[^1].Json.Text("status").ShouldBe("completed");
        events[0].Json.GetProperty("sequence").GetInt64().ShouldBe(1);
        System
            .Text.Json.JsonDocument.Parse(frame.AsMemory(0, read.Count))
            .RootElement.GetProperty("sequence")
            .GetInt64()
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_is_no_websocket_is_told_so()
    {
        await using var host = await StartAsync();

        using var answer = await host.Http.GetAsync("/ws/s1", Token);

        await answer.ProblemAsync(426, "upgrade_required");
    }

    [Fact]
    public async Task Other_addresses_need_a_decision_too()
    {
        await using var app = SessionHost.Builder().Build();
        app.MapEverturn().AllowAnonymous();
        app.MapEverturnStream("/stream/{sessionId}");

        await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(Token));
    }

    [Fact]
    public async Task A_pattern_without_the_session_is_refused()
    {
        await using var app = SessionHost.Builder().Build();

        Should.Throw<ArgumentException>(() => app.MapEverturnStream("/stream"));
        Should.Throw<ArgumentException>(() => app.MapEverturnWebSocket("/ws/{id}"));
    }

    private static Task<ServerHost> StartAsync(params ScriptedReply[] replies) =>
        ServerHost.BuildAsync(
            _ => { },
            app =>
            {
                app.MapEverturn().AllowAnonymous();
                app.MapEverturnStream("/stream/{sessionId}").AllowAnonymous();
                app.MapEverturnWebSocket("/ws/{sessionId}").AllowAnonymous();
            },
            new(replies)
        );
}
