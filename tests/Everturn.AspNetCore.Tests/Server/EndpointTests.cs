using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class EndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task An_endpoint_answers_below_its_session_whatever_the_method(string method)
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Endpoints["/deep/export"] = (request, context) =>
                Task.FromResult(Results.Text($"{request.Method} {context.Session.SessionId}"))
        );
        using var request = new HttpRequestMessage(new(method), "/sessions/s1/deep/export");

        using var answer = await host.Http.SendAsync(request, Token);

        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe($"{method} s1");
    }

    [Fact]
    public async Task An_endpoint_comes_before_the_built_in_one()
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Endpoints["/status"] = (_, _) => Task.FromResult(Results.Text("mine"))
        );

        (await host.Http.GetStringAsync("/sessions/s1/status", Token)).ShouldBe("mine");
    }

    [Fact]
    public async Task An_endpoint_is_given_services_execution_state_and_logger()
    {
        EndpointContext? given = null;
        ILogger mine = NullLogger.Instance;
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Logger = mine;
                o.Endpoints["/look"] = (_, context) =>
                {
                    given = context;
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    return Task.FromResult(Results.NoContent());
                };
            },
            ScriptedReply.Stall()
        );
        var runId = await host.StartRunAsync();

        using var answer = await host.Http.GetAsync("/sessions/s1/look", Token);

        ((int)answer.StatusCode).ShouldBe(204);
        given.ShouldNotBeNull().Logger.ShouldBeSameAs(mine);
        var state = given.ExecutionState;
        (state.SessionId, state.RunId, state.IsExecuting, state.Status).ShouldBe(
            ("s1", runId, true, ExecutionStatus.Running)
        );
        state.GetHandle()!.RunId.ShouldBe(runId);
    }

    [Fact]
    public async Task An_endpoint_may_stop_the_run()
    {
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Endpoints["/stop"] = async (_, context) =>
                {
                    await context.ExecutionState.InterruptAsync("stopped", Token);
                    return Results.Text($"{context.ExecutionState.Status} {context.ExecutionState.IsExecuting}");
                },
            ScriptedReply.Stall()
        );
        await host.StartRunAsync();

        (await host.Http.GetStringAsync("/sessions/s1/stop", Token)).ShouldBe("interrupted False");
        (await host.Http.GetStringAsync("/sessions/s1/stop", Token)).ShouldBe("interrupted False");
    }

    [Fact]
    public async Task An_endpoint_that_throws_is_a_problem_like_any()
    {
        await using var host = await ServerHost.StartAsync(o =>
        {
            o.Endpoints["/broken"] = (_, _) => throw new InvalidOperationException("broken");
            o.Endpoints["/refused"] = (_, _) => throw new InvalidInputException("q", "It is wrong.");
        });

        using var broken = await host.Http.GetAsync("/sessions/s1/broken", Token);
        using var refused = await host.Http.GetAsync("/sessions/s1/refused", Token);
        using var unacceptable = await host.Http.GetAsync("/sessions/a__b/broken", Token);

        await broken.ProblemAsync(500, "internal_error");
        await refused.ProblemAsync(400, "invalid_input", "q");
        await unacceptable.ProblemAsync(400, "invalid_input", "sessionId");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("export")]
    [InlineData("/export/")]
    [InlineData("/{id}")]
    [InlineData("/a b")]
    [InlineData("/a?b")]
    public void What_is_no_path_is_refused_where_it_is_written(string path)
    {
        var builder = new ServiceCollection().AddEverturn();

        Should
            .Throw<InvalidInputException>(() =>
                builder.AddAgentServer(o => o.Endpoints[path] = (_, _) => Task.FromResult(Results.NoContent()))
            )
            .Field.ShouldBe("Endpoints");
    }
}
