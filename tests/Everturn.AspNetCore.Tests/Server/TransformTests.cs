using System.Text.Json.Nodes;
using Everturn.AspNetCore.Server;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class TransformTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_of_another_kind_becomes_a_start()
    {
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Hooks.TransformRequest = (context, _) =>
                {
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    return Task.FromResult<StartAgentRequestV2?>(
                        new()
                        {
                            AgentType = "writer",
                            SessionId = (string)context.Request.RouteValues["sessionId"]!,
                            Input = new() { Message = context.Body[0].GetString() },
                        }
                    );
                },
            "Hi."
        );

        using var answer = await host.PostAsync("/sessions/s1/start", """["hello"]""");

        ((int)answer.StatusCode).ShouldBe(200);
        (await host.Store.GetMessagesAsync(new("s1"), 0, 1, Token)).Messages.Single().Content.ShouldBe("hello");
    }

    [Fact]
    public async Task What_comes_out_of_a_transformation_is_checked_like_any_body()
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Hooks.TransformRequest = (_, _) =>
                Task.FromResult<StartAgentRequestV2?>(new() { AgentType = "writer", SessionId = "s1" })
        );

        using var answer = await host.PostAsync("/sessions/s1/start", "{}");

        await answer.ProblemAsync(400, "invalid_input", "input");
        (await host.Store.GetSessionAsync(new("s1"), Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("{}", "agentType")]
    [InlineData("""{"agentType":7}""", "agentType")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    public async Task A_body_that_the_transformation_leaves_alone_is_checked_too(string body, string field)
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Hooks.TransformRequest = (_, _) => Task.FromResult<StartAgentRequestV2?>(null)
        );

        using var answer = await host.PostAsync("/sessions/s1/start", body);

        await answer.ProblemAsync(400, "invalid_input", field);
    }

    [Fact]
    public async Task A_transformation_of_the_request_that_throws_is_500_and_nothing_is_begun()
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Hooks.TransformRequest = (_, _) => throw new InvalidOperationException("broken")
        );

        using var answer = await host.PostAsync("/sessions/s1/start", SessionHost.Body("s1"));

        await answer.ProblemAsync(500, "hook_failed");
        (await host.Store.GetSessionAsync(new("s1"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task The_answer_can_have_another_shape()
    {
        TransformResponseContext? told = null;
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Hooks.TransformResponse = (context, _) =>
                {
                    told = context;
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    return Task.FromResult<JsonNode?>(new JsonObject { ["id"] = context.Response.SessionId });
                },
            "Hi."
        );

        using var answer = await host.PostAsync("/sessions/s1/start", SessionHost.Body("s1"));

        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("""{"id":"s1"}""");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        told.ShouldNotBeNull();
        told.Response.ShouldBe(new AgentStartResponse("s1", "s1", "started"));
        (told.SessionId, told.AgentType).ShouldBe(("s1", "writer"));
    }

    [Fact]
    public async Task A_transformation_of_the_answer_that_throws_leaves_the_usual_answer()
    {
        await using var host = await ServerHost.StartAsync(
            o => o.Hooks.TransformResponse = (_, _) => throw new InvalidOperationException("broken"),
            "Hi."
        );

        using var answer = await host.PostAsync("/sessions/s1/start", SessionHost.Body("s1"));

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.JsonAsync()).Text("status").ShouldBe("started");
    }

    [Fact]
    public async Task An_endpoint_in_the_place_of_start_gets_the_transformed_body()
    {
        await using var host = await ServerHost.StartAsync(o =>
        {
            o.Hooks.TransformRequest = (_, _) =>
                Task.FromResult<StartAgentRequestV2?>(new() { AgentType = "writer", SessionId = "s9" });
            o.Endpoints["/start"] = async (request, _) =>
            {
                using var reader = new StreamReader(request.Body);
                return Results.Text(await reader.ReadToEndAsync(Token));
            };
        });

        using var answer = await host.PostAsync("/sessions/s1/start", "[1]");

        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("""{"agentType":"writer","sessionId":"s9"}""");
    }
}
