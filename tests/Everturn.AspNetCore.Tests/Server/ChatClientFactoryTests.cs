using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class ChatClientFactoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_factory_is_called_once_per_execution_with_its_services_and_context()
    {
        var contexts = new List<ChatClientContext>();
        await using var host = await StartAsync(
            (services, context) =>
            {
                services.GetService<ISessionStore>().ShouldNotBeNull();
                contexts.Add(context);
                return new ScriptedChatClient(ScriptedReply.ToolCall("look"), "Seen.");
            }
        );

        var runId = await host.StartRunAsync();

        (await host.EndOfAsync(runId)).StepCount.ShouldBe(2);
        contexts
            .ShouldHaveSingleItem()
            .ShouldBe(
                new ChatClientContext
                {
                    SessionId = "s1",
                    AgentType = "writer",
                    RunId = runId,
                }
            );
    }

    [Fact]
    public async Task Each_turn_is_an_execution_of_its_own()
    {
        var turns = 0;
        await using var host = await StartAsync((_, _) => new ScriptedChatClient($"Turn {++turns}."));

        await host.EndOfAsync(await host.StartRunAsync());
        await host.EndOfAsync(await host.StartRunAsync());

        turns.ShouldBe(2);
    }

    [Fact]
    public async Task A_factory_that_throws_fails_the_run_and_says_so()
    {
        await using var host = await StartAsync((_, _) => throw new InvalidOperationException("no key"));

        var run = await host.EndOfAsync(await host.StartRunAsync());

        (run.Status, run.Reason).ShouldBe((RunStatus.Failed, RunReason.ModelFailed));
        run.Error.ShouldNotBeNull().ShouldContain("no key");
    }

    [Fact]
    public async Task A_run_that_no_server_began_has_the_client_of_dependency_injection()
    {
        await using var host = await StartAsync(
            (_, _) => new ScriptedChatClient("Of the server."),
            services => services.AddSingleton<IChatClient>(new ScriptedChatClient("Of the application."))
        );

        var run = await host
            .Services.GetRequiredService<IAgentExecutor>()
            .ExecuteAsync("writer", "hello", cancellationToken: Token);

        (await run.WaitAsync(Token)).OutputJson.GetString().ShouldBe("Of the application.");
    }

    [Fact]
    public async Task Another_process_that_goes_on_with_a_run_takes_the_factory_of_its_server()
    {
        var directory = Directory.CreateTempSubdirectory("everturn-");
        try
        {
            await using (
                var first = await StartAsync(
                    (_, _) => new ScriptedChatClient(ScriptedReply.Stall()),
                    path: directory.FullName
                )
            )
            {
                await first.StartRunAsync();
            }

            await using var second = await StartAsync(
                (_, _) => new ScriptedChatClient("From the other one."),
                path: directory.FullName
            );

            var run = (await second.Store.GetCurrentRunAsync(new("s1"), Token))!;
            var ended = await second.EndOfAsync(run.RunId);
            ended.Status.ShouldBe(RunStatus.Completed);
            (await second.Store.GetMessagesAsync(new("s1"), 0, 10, Token))
                .Messages[^1]
                .Content.ShouldBe("From the other one.");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Task<ServerHost> StartAsync(
        ChatClientFactory factory,
        Action<IServiceCollection>? configure = null,
        string? path = null
    ) =>
        ServerHost.BuildAsync(builder =>
        {
            configure?.Invoke(builder.Services);
            _ = path is null ? builder.UseInMemory() : builder.UseSqlite(o => o.DataDirectory = path);
            builder.AddAgent(AgentDefinition.Create("writer").WithTool(() => "seen", o => o.Name = "look").Build());
            builder.AddAgentServer(o => o.ChatClientFactory = factory);
        });
}
