using System.Text.Json;
using System.Text.RegularExpressions;
using Everturn.Sessions;
using Everturn.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>The OpenAPI document against the routes that are there and the bodies that travel.</summary>
public sealed partial class OpenApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_of_sessions_is_in_the_document()
    {
        await using var host = await StartAsync();
        var paths = (await DocumentAsync(host)).GetProperty("paths");

        var routes = host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<EverturnEndpointMetadata>() is { Root: "/sessions" })
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<IHttpMethodMetadata>()
                    .HttpMethods.Where(method => method != "CONNECT")
                    .Select(method => (Path: "/" + endpoint.RoutePattern.RawText!.Trim('/'), Method: method))
            )
            .ToList();

        routes.Count.ShouldBeGreaterThan(10);
        foreach (var (path, method) in routes)
        {
            paths.TryGetProperty(path, out var item).ShouldBeTrue($"{path} is not in the document");
            item.TryGetProperty(method.ToLowerInvariant(), out var operation)
                .ShouldBeTrue($"{method} {path} is not in the document");
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            operation.GetProperty("responses").TryGetProperty("503", out _).ShouldBeTrue();
        }
        routes
            .Select(route => paths.GetProperty(route.Path).GetProperty(route.Method.ToLowerInvariant()))
            .Select(operation => operation.GetProperty("operationId").GetString())
            .ShouldBeUnique();
    }

    [Fact]
    public async Task Every_reference_in_the_document_resolves()
    {
        await using var host = await StartAsync();
        var document = await DocumentAsync(host);
        var schemas = document.GetProperty("components").GetProperty("schemas");

        var names = References().Matches(document.GetRawText()).Select(match => match.Groups["name"].Value).ToHashSet();

        names.Count.ShouldBeGreaterThan(20);
        names.ShouldBeSubsetOf(schemas.Names());
    }

    [Fact]
    public async Task What_the_server_sends_is_what_the_document_says()
    {
        await using var host = await StartAsync();
        var client = new ContractClient(host.Http, await DocumentAsync(host));
        var start = """
            {"agentType":"writer","sessionId":"s1","userId":"ann","tags":["a"],"metadata":{"k":"v"},"requestId":"r1",
             "input":{"message":"hello","state":{"n":1},"messages":[{"role":"user","content":"before","metadata":{"hidden":true},
             "files":[{"data":"data:text/plain,x","mediaType":"text/plain","filename":"x.txt"}]}]}}
            """;

        await client.SendAsync("POST", "/sessions/s1/start", start, 200);
        await host.WriteAsync("s1", "a");
        await client.SendAsync("POST", "/sessions/s1/interrupt", """{"reason":"enough","mode":"at_checkpoint"}""", 200);
        await client.SendAsync("GET", "/sessions/s1/status", null, 200);
        await host.EndRunAsync("s1");
        await client.SendAsync("POST", "/sessions/s1/interrupt", "{}", 200);
        foreach (var path in new[] { "", "/status", "/history", "/messages", "/runs?limit=1", "/checkpoints" })
        {
            await client.SendAsync("GET", "/sessions/s1" + path, null, 200);
        }
        await client.SendAsync("PATCH", "/sessions/s1", """{"title":"t","tags":["b"],"metadata":{}}""", 200);
        await client.SendAsync("POST", "/sessions/s1/start", SessionHost.Body("s1"), 200);
        await host.EndRunAsync("s1", RunStatus.Failed, "model_failed", "no answer");
        await client.SendAsync("GET", "/sessions/s1/status", null, 200);
        await client.SendAsync("GET", "/sessions/s1/runs", null, 200);
        await client.SendAsync("GET", "/sessions?limit=1", null, 200);
        await client.SendAsync("DELETE", "/sessions/s1", null, 204);

        client
            .Seen.Count(seen =>
                seen.EndsWith(" 200", StringComparison.Ordinal) || seen.EndsWith(" 204", StringComparison.Ordinal)
            )
            .ShouldBe(11);
    }

    [Fact]
    public async Task What_the_server_refuses_is_what_the_document_says()
    {
        await using var host = await StartAsync();
        var client = new ContractClient(host.Http, await DocumentAsync(host));
        await host.StartRunAsync("s1");

        await client.SendAsync("POST", "/sessions/s1/start", SessionHost.Body("s1"), 409);
        await client.SendAsync("POST", "/sessions/s1/start", "{}", 400);
        await client.SendAsync("POST", "/sessions/s2/start", SessionHost.Body("s2", agentType: "unknown"), 404);
        await client.SendAsync("DELETE", "/sessions/s1", null, 409);
        await client.SendAsync("PATCH", "/sessions/s1", "{}", 400);
        await client.SendAsync("PATCH", "/sessions/s1", "[" + new string(' ', 70_000), 413);
        await client.SendAsync("GET", "/sessions?limit=0", null, 400);
        foreach (var path in new[] { "", "/status", "/sse", "/history", "/messages", "/runs", "/checkpoints" })
        {
            await client.SendAsync("GET", "/sessions/none" + path, null, 404);
        }
        await host.EndRunAsync("s1");
        await client.SendAsync("DELETE", "/sessions/s1", null, 204);
        await client.SendAsync("POST", "/sessions/s1/start", SessionHost.Body("s1"), 410);
    }

    [Fact]
    public async Task Events_and_frames_are_what_the_document_says()
    {
        await using var host = await StartAsync();
        var client = new ContractClient(host.Http, await DocumentAsync(host));
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b");
        await host.EndRunAsync("s1");

        var events = await SseClient.ReadAllAsync(host.Http, "/sessions/s1/sse");
        var frames = await SocketClient.ReadAllAsync(host, "/sessions/s1");
        var resync = await SocketClient.ReadAllAsync(host, "/sessions/s1?fromSequence=99");

        events.SkipLast(1).ToList().ForEach(item => client.Fits("StreamEvent", item.Json));
        client.Fits("StreamEndEvent", events[^1].Json);
        frames.SkipLast(1).ToList().ForEach(frame => client.Fits("StreamEvent", frame));
        client.Fits("StreamEndFrame", frames[^1]);
        client.Fits("StreamEvent", resync[0]);
    }

    [Fact]
    public async Task The_document_knows_every_chunk_by_its_type()
    {
        await using var host = await StartAsync();
        var schemas = (await DocumentAsync(host)).GetProperty("components").GetProperty("schemas");

        var mapping = schemas.GetProperty("StreamChunk").GetProperty("discriminator").GetProperty("mapping");

        mapping.Names().ShouldBe(StreamChunkJson.Contracts.Keys, ignoreOrder: true);
        foreach (var (type, contract) in StreamChunkJson.Contracts)
        {
            var schema = schemas.GetProperty(contract.Type.Name);
            schema.GetProperty("properties").GetProperty("type").Text("const").ShouldBe(type);
            schema
                .GetProperty("required")
                .EnumerateArray()
                .Select(name => name.GetString())
                .ShouldContain("type", contract.Type.Name);
        }
    }

    [Fact]
    public async Task A_document_of_endpoints_that_ask_for_a_sign_in_below_a_prefix_says_both()
    {
        var builder = SessionHost.Builder();
        builder.Services.AddOpenApi(options => options.AddEverturn());
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.MapEverturn("/api").RequireAuthorization();
        app.MapOpenApi();
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        var document = await http.GetJsonAsync("/openapi/v1.json");

        var operation = document
            .GetProperty("paths")
            .GetProperty("/api/sessions/{sessionId}/status")
            .GetProperty("get");
        operation.GetProperty("responses").TryGetProperty("401", out _).ShouldBeTrue();
        operation.GetProperty("tags")[0].GetString().ShouldBe("Sessions");
    }

    private static Task<SessionHost> StartAsync() =>
        SessionHost.StartAsync(
            configure: services => services.AddOpenApi(options => options.AddEverturn()),
            map: app => app.MapOpenApi()
        );

    private static Task<JsonElement> DocumentAsync(SessionHost host) => host.Http.GetJsonAsync("/openapi/v1.json");

    [GeneratedRegex("\"#/components/schemas/(?<name>[^\"]+)\"")]
    private static partial Regex References();
}
