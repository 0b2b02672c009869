using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class ServedAgentsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registry_of_the_servers_own_says_what_it_serves()
    {
        var own = new AgentRegistry();
        own.Register(AgentDefinition.Create("researcher").Build());
        await using var host = await StartAsync(o => o.Agents = own);

        using var served = await host.PostAsync("/sessions/s1/start", SessionHost.Body("s1", agentType: "researcher"));
        using var other = await host.PostAsync("/sessions/s2/start", SessionHost.Body("s2"));
        using var elsewhere = await host.PostAsync("/all/sessions/s2/start", SessionHost.Body("s2"));

        ((int)served.StatusCode).ShouldBe(200);
        var problem = await other.ProblemAsync(404, "agent_not_found", "agentType");
        problem
            .GetProperty("availableTypes")
            .EnumerateArray()
            .Select(type => type.GetString())
            .ShouldBe(["researcher"]);
        ((int)elsewhere.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_factory_makes_the_agent_for_each_run()
    {
        var contexts = new List<AgentFactoryContext>();
        var own = new AgentRegistry();
        own.RegisterFactory(
            "brainstorm",
            context =>
            {
                contexts.Add(context);
                return AgentDefinition.Create("brainstorm").Build();
            }
        );
        await using var host = await StartAsync(o => o.Agents = own);

        using var answer = await host.PostAsync(
            "/sessions/s1/start",
            """{"agentType":"brainstorm","sessionId":"s1","userId":"u1","input":{"message":"m"}}"""
        );

        ((int)answer.StatusCode).ShouldBe(200);
        var runId = answer.Headers.GetValues("Everturn-Run-Id").Single();
        await host.EndOfAsync(runId);
        var context = contexts[0];
        (context.SessionId, context.RunId, context.UserId).ShouldBe(("s1", runId, "u1"));
        context.Services.GetService<IAgentExecutor>().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_method_resolves_the_names_that_it_was_said_to_know()
    {
        await using var host = await StartAsync(o =>
            o.ResolveAgents((agentType, _) => AgentDefinition.Create(agentType).Build(), "one", "two")
        );

        using var one = await host.PostAsync("/sessions/s1/start", SessionHost.Body("s1", agentType: "one"));
        using var three = await host.PostAsync("/sessions/s3/start", SessionHost.Body("s3", agentType: "three"));

        ((int)one.StatusCode).ShouldBe(200);
        var problem = await three.ProblemAsync(404, "agent_not_found", "agentType");
        problem.GetProperty("availableTypes").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Two_servers_may_serve_the_same_agents()
    {
        var own = new AgentRegistry();
        own.Register(AgentDefinition.Create("researcher").Build());
        own.RegisterFactory("brainstorm", _ => AgentDefinition.Create("brainstorm").Build());
        await using var host = await ServerHost.BuildAsync(
            builder => builder.AddAgentServer("a", o => o.Agents = own).AddAgentServer("b", o => o.Agents = own),
            app =>
            {
                app.MapEverturn("/a", server: "a").AllowAnonymous();
                app.MapEverturn("/b", server: "b").AllowAnonymous();
            },
            new("One.", "Two.")
        );

        foreach (var prefix in new[] { "a", "b" })
        {
            using var answer = await host.PostAsync(
                $"/{prefix}/sessions/{prefix}/start",
                SessionHost.Body(prefix, agentType: "brainstorm")
            );
            ((int)answer.StatusCode).ShouldBe(200);
        }
    }

    [Fact]
    public void A_resolver_without_names_is_refused()
    {
        var builder = new ServiceCollection().AddEverturn();

        Should
            .Throw<InvalidInputException>(() => builder.AddAgentServer(o => o.Agents = new AgentRegistry()))
            .Field.ShouldBe("Agents");
    }

    [Fact]
    public void A_name_that_another_agent_of_the_host_has_is_refused()
    {
        var own = new AgentRegistry();
        own.Register(AgentDefinition.Create("writer").Build());
        var builder = new ServiceCollection().AddEverturn().AddAgent(AgentDefinition.Create("writer").Build());

        Should.Throw<InvalidInputException>(() => builder.AddAgentServer(o => o.Agents = own));
    }

    private static Task<ServerHost> StartAsync(Action<AgentServerOptions> configure) =>
        ServerHost.BuildAsync(
            builder => builder.AddAgentServer(configure).AddAgentServer("all", _ => { }),
            app =>
            {
                app.MapEverturn().AllowAnonymous();
                app.MapEverturn("/all", server: "all").AllowAnonymous();
            },
            new("Done.", "Done.")
        );
}
