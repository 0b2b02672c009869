using System.Text.Json;
using Everturn.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>The OpenAPI document against the routes of workflows and the bodies that travel.</summary>
public sealed class WorkflowOpenApiTests
{
    [Fact]
    public async Task Every_route_of_workflows_is_in_the_document()
    {
        await using var host = await StartAsync();
        var paths = (await DocumentAsync(host)).GetProperty("paths");

        var routes = host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<EverturnEndpointMetadata>() is { Root: "/workflows" })
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<IHttpMethodMetadata>()
                    .HttpMethods.Select(method =>
                        (Path: "/" + endpoint.RoutePattern.RawText!.Trim('/'), Method: method)
                    )
            )
            .ToList();

        routes.Count.ShouldBe(11);
        foreach (var (path, method) in routes)
        {
            paths.TryGetProperty(path, out var item).ShouldBeTrue($"{path} is not in the document");
            item.TryGetProperty(method.ToLowerInvariant(), out var operation)
                .ShouldBeTrue($"{method} {path} is not in the document");
            operation.GetProperty("tags")[0].GetString().ShouldBe("Workflows");
            var named = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(one => one.Text("in") == "path").Select(one => one.Text("name"))
                : [];
            named.Count().ShouldBe(path.Count(letter => letter == '{'), path);
        }
    }

    [Fact]
    public async Task What_the_server_sends_is_what_the_document_says()
    {
        await using var host = await StartAsync();
        var client = new ContractClient(host.Http, await DocumentAsync(host));
        var create = """
            {"id":"a","params":{"n":1},"requestId":"r1","retention":{"successRetention":"1 day","errorRetention":5}}
            """;

        await client.SendAsync("POST", PlayedHost.Instances, create, 201);
        await client.SendAsync("POST", PlayedHost.Instances + "/batch", """[{"id":"b"},{"params":{"n":0}}]""", 201);
        await host.StatusAsync("a", "waiting");
        await client.SendAsync("GET", PlayedHost.Instances + "/a", null, 200);
        await client.SendAsync("PATCH", PlayedHost.Instances + "/a/status", """{"status":"pause"}""", 200);
        await client.SendAsync("PATCH", PlayedHost.Instances + "/a/status", """{"status":"resume"}""", 200);
        await client.SendAsync("POST", PlayedHost.Instances + "/a/events/other", """{"any":["thing"]}""", 204);
        await client.SendAsync("GET", PlayedHost.Instances + "/a", null, 200);
        await client.SendAsync("POST", PlayedHost.Instances + "/a/events/go", "\"on\"", 204);
        await host.StatusAsync("a", "errored");
        await client.SendAsync("GET", PlayedHost.Instances + "/a", null, 200);
        var restart = """{"status":"restart","from":{"name":"one","count":1,"type":"do"}}""";
        await client.SendAsync("PATCH", PlayedHost.Instances + "/a/status", restart, 200);
        await client.SendAsync(
            "PATCH",
            PlayedHost.Instances + "/b/status",
            """{"status":"terminate","rollback":true}""",
            200
        );
        await host.StatusAsync("b", "terminated");
        await client.SendAsync("GET", PlayedHost.Instances + "/b", null, 200);
        await client.SendAsync("GET", PlayedHost.Instances + "?limit=1&status=terminated", null, 200);
        await client.SendAsync("GET", PlayedHost.Instances + "?limit=1", null, 200);
        await client.SendAsync("GET", "/workflows", null, 200);
        await client.SendAsync("GET", "/workflows/played", null, 200);
        await client.SendAsync("POST", PlayedHost.Instances + "/batch/delete", """["a","none"]""", 200);
        await client.SendAsync("DELETE", PlayedHost.Instances + "/b", null, 204);

        client.Seen.Count.ShouldBe(10);
    }

    [Fact]
    public async Task What_the_server_refuses_is_what_the_document_says()
    {
        await using var host = await StartAsync();
        var client = new ContractClient(host.Http, await DocumentAsync(host));
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");

        await client.SendAsync("POST", PlayedHost.Instances, """{"id":"a"}""", 409);
        await client.SendAsync("POST", PlayedHost.Instances, """{"id":"!"}""", 400);
        await client.SendAsync("POST", PlayedHost.Instances + "/batch", "[]", 400);
        await client.SendAsync("POST", "/workflows/unknown/instances", "{}", 404);
        await client.SendAsync("GET", "/workflows/unknown", null, 404);
        await client.SendAsync("GET", PlayedHost.Instances + "?limit=0", null, 400);
        await client.SendAsync("GET", PlayedHost.Instances + "/none", null, 404);
        await client.SendAsync("DELETE", "/workflows/agent__x/instances/a", null, 409);
        await client.SendAsync("PATCH", PlayedHost.Instances + "/a/status", "{}", 400);
        await client.SendAsync("POST", PlayedHost.Instances + "/a/events/go", new string(' ', 1_048_577), 413);
        await client.SendAsync("GET", PlayedHost.Instances + "/none/subscribe", null, 404);
    }

    [Fact]
    public async Task Events_are_what_the_document_says()
    {
        await using var host = await StartAsync();
        var client = new ContractClient(host.Http, await DocumentAsync(host));
        await host.CreateAsync("a", """{"n":1}""");
        await host.StatusAsync("a", "waiting");
        await client.SendAsync("POST", PlayedHost.Instances + "/a/events/go", "\"on\"", 204);
        await host.StatusAsync("a", "errored");

        var events = await SseClient.ReadAllAsync(host.Http, PlayedHost.Instances + "/a/subscribe");

        events.Count.ShouldBeGreaterThan(15);
        events.SkipLast(1).ToList().ForEach(item => client.Fits("InstanceEventView", item.Json));
        client.Fits("SubscriptionEndEvent", events[^1].Json);
    }

    /// <summary>A workflow that has something of everything.</summary>
    private static async Task<string> PlayAsync(WorkflowEvent<Dictionary<string, int>?> trigger, WorkflowStep step)
    {
        await step.DoAsync("one", new() { Rollback = new((_, _) => Task.CompletedTask) }, _ => Task.FromResult(1));
        await step.SleepAsync("nap", TimeSpan.Zero);
        await step.WaitForEventAsync<string>("go");
        await step.DoAsync(
            "two",
            new()
            {
                Retries = new() { Limit = 1, Delay = TimeSpan.Zero },
            },
            _ => throw new InvalidOperationException("no")
        );
        return "";
    }

    private static Task<SessionHost> StartAsync() =>
        SessionHost.StartAsync(
            configure: services =>
            {
                services.AddSingleton<PlayedWorkflow.Body>(PlayAsync);
                services.AddEverturn().AddWorkflow<PlayedWorkflow>();
                services.AddOpenApi(options => options.AddEverturn());
            },
            map: app => app.MapOpenApi()
        );

    private static Task<JsonElement> DocumentAsync(SessionHost host) => host.Http.GetJsonAsync("/openapi/v1.json");
}
