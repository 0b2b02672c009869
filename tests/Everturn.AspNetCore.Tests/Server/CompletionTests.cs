using System.Threading.Channels;
using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Everturn.Testing;
using Everturn.Testing.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class CompletionTests
{
    private readonly Channel<CompleteContext> _told = Channel.CreateUnbounded<CompleteContext>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task A_completed_run_is_told_with_its_result(string runtime)
    {
        await using var host = await ServerHost.StartAsync(runtime, Listening, "Hi.");

        var runId = await host.StartRunAsync();

        var told = await NextAsync();
        (told.Tenant, told.SessionId, told.RunId, told.AgentType).ShouldBe(("", "s1", runId, "writer"));
        told.Status.ShouldBe(ExecutionStatus.Completed);
        told.Result!.Value.GetString().ShouldBe("Hi.");
        (told.Error, told.Reason).ShouldBe((null, null));
        told.Services.ShouldNotBeNull();
        await NothingLeftAsync(host);
    }

    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task A_failed_run_is_told_with_its_error(string runtime)
    {
        await using var host = await ServerHost.StartAsync(
            runtime,
            Listening,
            ScriptedReply.Fail(new InvalidInputException("model", "It is too hot."))
        );

        var runId = await host.StartRunAsync();

        var told = await NextAsync();
        told.Status.ShouldBe(ExecutionStatus.Failed);
        told.Result.ShouldBeNull();
        told.Error.ShouldNotBeNull().Message.ShouldContain("It is too hot.");
        (told.Error.SessionId, told.Error.RunId, told.Error.Reason).ShouldBe(("s1", runId, told.Reason));
    }

    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task An_interrupted_run_is_told_with_the_reason(string runtime)
    {
        await using var host = await ServerHost.StartAsync(runtime, Listening, ScriptedReply.Stall());
        await host.StartRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/interrupt", """{"reason":"enough"}""");

        var told = await NextAsync();
        (told.Status, told.Reason).ShouldBe((ExecutionStatus.Interrupted, "enough"));
        (told.Result, told.Error).ShouldBe((null, null));
    }

    [Fact]
    public async Task Each_run_of_a_server_is_told_and_those_of_others_are_not()
    {
        await using var host = await ServerHost.StartAsync(Listening, "One.", "Two.", "Three.");

        var direct = await host
            .Services.GetRequiredService<IAgentExecutor>()
            .ExecuteAsync("writer", "hello", new() { SessionId = "s0" }, Token);
        await direct.WaitAsync(Token);
        var first = await host.StartRunAsync();
        (await NextAsync()).RunId.ShouldBe(first);
        var second = await host.StartRunAsync();
        (await NextAsync()).RunId.ShouldBe(second);
    }

    [Fact]
    public async Task A_hook_that_throws_is_not_called_again_and_harms_no_run()
    {
        var calls = 0;
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Hooks.OnComplete = (context, _) =>
                {
                    calls++;
                    _told.Writer.TryWrite(context);
                    throw new InvalidOperationException("broken");
                },
            "One.",
            "Two."
        );

        await host.StartRunAsync();
        await NextAsync();
        await NothingLeftAsync(host);
        await host.StartRunAsync();
        await NextAsync();
        await NothingLeftAsync(host);

        calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_ended_in_a_process_that_died_is_told_by_the_next_one()
    {
        var directory = Directory.CreateTempSubdirectory("everturn-");
        try
        {
            string runId;
            var reached = new TaskCompletionSource();
            await using (
                var first = await SqliteAsync(
                    directory.FullName,
                    async (_, stopping) =>
                    {
                        // What a process that dies in the middle of the hook leaves behind.
                        reached.TrySetResult();
                        await new TaskCompletionSource().Task.WaitAsync(stopping);
                    },
                    "Hi."
                )
            )
            {
                runId = await first.StartRunAsync();
                await reached.Task.WaitAsync(Token);
            }

            await using var second = await SqliteAsync(directory.FullName, Tell);

            (await NextAsync()).RunId.ShouldBe(runId);
            await NothingLeftAsync(second);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_run_that_another_process_recovers_is_told_there()
    {
        var directory = Directory.CreateTempSubdirectory("everturn-");
        try
        {
            string runId;
            await using (var first = await SqliteAsync(directory.FullName, Tell, ScriptedReply.Stall()))
            {
                runId = await first.StartRunAsync();
            }

            await using var second = await SqliteAsync(directory.FullName, Tell, "Recovered.");

            var told = await NextAsync();
            told.RunId.ShouldBe(runId);
            told.Result!.Value.GetString().ShouldBe("Recovered.");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_hook_that_takes_too_long_is_told_so()
    {
        var time = new VirtualTimeProvider();
        var cancelled = new TaskCompletionSource();
        await using var host = await ServerHost.BuildAsync(
            builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
                builder.AddAgentServer(o =>
                    o.Hooks.OnComplete = async (context, cancellationToken) =>
                    {
                        _told.Writer.TryWrite(context);
                        using var _ = cancellationToken.Register(cancelled.SetResult);
                        await cancelled.Task;
                    }
                );
            },
            model: new("Hi.")
        );
        await host.StartRunAsync();
        await NextAsync();

        time.Advance(RunEndReporter.HookTimeout);

        await cancelled.Task.WaitAsync(Token);
        await NothingLeftAsync(host);
    }

    [Fact]
    public async Task Usage_of_a_run_is_handed_on_to_the_servers_own_store()
    {
        var mine = new UsageList();
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                Listening(o);
                o.UsageStoreFactory = _ => mine;
            },
            ScriptedReply.Text("Hi.").ThenUsage(3, 4)
        );

        var runId = await host.StartRunAsync();
        await NextAsync();

        var entry = mine.Entries.ShouldHaveSingleItem();
        (entry.RunId, entry.Kind, entry.Tokens!.Total).ShouldBe((runId, "tokens", 7));
    }

    private void Listening(AgentServerOptions options) => options.Hooks.OnComplete = Tell;

    private Task Tell(CompleteContext context, CancellationToken cancellationToken) =>
        _told.Writer.WriteAsync(context, cancellationToken).AsTask();

    private async Task<CompleteContext> NextAsync() => await _told.Reader.ReadAsync(Token);

    private async Task NothingLeftAsync(ServerHost host)
    {
        var empty = new TaskCompletionSource();
        using var changes = host.Store.Changes.Subscribe(() => empty.TrySetResult());
        while ((await host.Store.ListOutboxAsync(OutboxKind.RunEnded, 0, 1, Token)).Count > 0)
        {
            await empty.Task.WaitAsync(Token);
            empty = new();
        }
        _told.Reader.TryRead(out var more).ShouldBeFalse($"It was told again: {more}");
    }

    private static Task<ServerHost> SqliteAsync(
        string path,
        Func<CompleteContext, CancellationToken, Task> onComplete,
        params ScriptedReply[] replies
    ) =>
        ServerHost.BuildAsync(builder =>
        {
            builder
                .UseSqlite(o => o.DataDirectory = path)
                .AddAgent(AgentDefinition.Create("writer").Build())
                .AddAgentServer(o =>
                {
                    o.ChatClientFactory = (_, _) => new ScriptedChatClient(replies);
                    o.Hooks.OnComplete = onComplete;
                });
        });
}
