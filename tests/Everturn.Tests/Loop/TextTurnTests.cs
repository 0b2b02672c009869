using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Tests.Loop;

public sealed class TextTurnTests
{
    private static readonly AgentDefinition<string> Writer = AgentDefinition
        .Create("writer")
        .WithInstructions("You write.")
        .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_streams_its_text_and_completes()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        host.Model.Enqueue(ScriptedReply.Text("Hel", "lo").ThenUsage(7, 2));

        var run = await host.Executor.ExecuteAsync(Writer, "Hi", new() { SessionId = "s" }, Token);
        var streamed = new List<StreamChunk>();
        await foreach (var chunk in run.StreamAsync(cancellationToken: Token))
        {
            streamed.Add(chunk);
        }

        var result = await run.ResultAsync(Token);
        result.Status.ShouldBe(RunStatus.Completed, result.Error);
        result.Output.ShouldBe("Hello");
        streamed
            .Select(chunk => chunk.Type)
            .ShouldBe(["text_delta", "text_delta", "output", "checkpoint_created", "step_committed"]);
        streamed
            .Select(chunk => chunk.Sequence)
            .ShouldBe((await host.ChunksAsync("s")).Select(chunk => chunk.Sequence));
        (await host.MessagesAsync("s")).Select(message => message.Content).ShouldBe(["Hi", "Hello"]);
        var rollup = await host.Store.GetRollupAsync(new("s"), Token);
        rollup.Tokens.Total.ShouldBe(9);
    }

    [Fact]
    public async Task Invariant_7_A_second_turn_knows_the_first_and_its_numbers_go_on()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        host.Model.Enqueue("one", "two");

        var first = await host.Executor.ExecuteAsync(Writer, "first", new() { SessionId = "s" }, Token);
        await first.ResultAsync(Token);
        var second = await first.SendAsync("second", Token);
        var result = await second.ResultAsync(Token);

        result.Output.ShouldBe("two");
        host.Model.Calls[1].Messages.Select(message => message.Text).ShouldBe(["You write.", "first", "one", "second"]);
        var runs = await host.RunsAsync("s");
        runs.Select(run => run.Ordinal).ShouldBe([1, 2]);
        runs.Select(run => run.Turn).ShouldBe([1, 2]);
        runs.Select(run => run.InstanceId).ShouldBe(["agent__writer__s", "agent__writer__s__turn__2"]);
        runs[1].StartSequence.ShouldBe(runs[0].EndSequence!.Value + 1);
        await host.ChunksAsync("s");
    }

    [Fact]
    public async Task Invariant_1_Of_50_concurrent_starts_one_is_accepted()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        var gate = new ReplyGate();
        host.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate).ThenText("done"));

        var starts = Enumerable
            .Range(0, 50)
            .Select(async _ =>
            {
                try
                {
                    return await host.Executor.ExecuteAsync(Writer, "go", new() { SessionId = "s" }, Token);
                }
                catch (AgentAlreadyRunningException)
                {
                    return null;
                }
            });
        var handles = await Task.WhenAll(starts);

        var run = handles.Where(handle => handle is not null).ShouldHaveSingleItem()!;
        gate.Release();
        (await run.ResultAsync(Token)).Output.ShouldBe("done");
        (await host.RunsAsync("s")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_4_One_request_id_begins_one_run()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        host.Model.Enqueue("answer");
        var options = new ExecuteOptions { SessionId = "s", RequestId = "r-1" };

        var handles = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => host.Executor.ExecuteAsync(Writer, "go", options, Token))
        );

        handles.Select(handle => handle.RunId).Distinct().Count().ShouldBe(1);
        handles.Count(handle => !handle.IsReplay).ShouldBe(1);
        await handles[0].ResultAsync(Token);
        await Should.ThrowAsync<RequestConflictException>(() =>
            host.Executor.ExecuteAsync(Writer, "other", options, Token)
        );
        (await host.RunsAsync("s")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_model_call_is_repeated_and_its_chunks_are_discarded()
    {
        var agent = AgentDefinition
            .Create("retrying")
            .WithRetry(new() { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) })
            .Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.Text("wro").ThenFail(new HttpRequestException("cut")), "right");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);

        (await run.ResultAsync(Token)).Output.ShouldBe("right");
        var chunks = await host.ChunksAsync("s");
        var discarded = chunks.OfType<StepDiscardedChunk>().ShouldHaveSingleItem();
        discarded.FromSequence.ShouldBe(1);
        chunks.OfType<TextDeltaChunk>().Select(chunk => chunk.Delta).ShouldBe(["wro", "right"]);
        (await host.MessagesAsync("s")).Select(message => message.Content).ShouldBe(["go", "right"]);
    }

    [Fact]
    public async Task A_model_that_keeps_failing_fails_the_run_and_leaves_a_session_that_goes_on()
    {
        var agent = AgentDefinition.Create("failing").WithRetry(new() { MaxRetries = 0 }).Build();
        await using var host = await AgentTestHost.StartAsync(agent);
        host.Model.Enqueue(ScriptedReply.Fail(new HttpRequestException("no")), "yes");

        var run = await host.Executor.ExecuteAsync(agent, "go", new() { SessionId = "s" }, Token);
        var failed = await run.ResultAsync(Token);

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Reason.ShouldBe(RunReason.ModelFailed);
        failed.Error.ShouldBe("no");
        (await (await run.SendAsync("again", Token)).ResultAsync(Token)).Output.ShouldBe("yes");
    }

    [Fact]
    public async Task Invariant_6_An_interrupt_keeps_the_partial_text_and_the_session_goes_on()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        var gate = new ReplyGate();
        host.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate).ThenText(" whole"), "next");

        var run = await host.Executor.ExecuteAsync(Writer, "go", new() { SessionId = "s" }, Token);
        await gate.Reached;
        (await run.InterruptAsync("enough", cancellationToken: Token)).ShouldBe(RunStatus.Running);
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Interrupted);
        result.Reason.ShouldBe("enough");
        var messages = await host.MessagesAsync("s");
        messages[1].Content.ShouldBe("half");
        messages[1].Partial.ShouldBeTrue();
        (await host.ChunksAsync("s")).OfType<RunInterruptedChunk>().ShouldHaveSingleItem().Reason.ShouldBe("enough");
        (await run.InterruptAsync(cancellationToken: Token)).ShouldBe(RunStatus.Interrupted);
        (await (await run.SendAsync("more", Token)).ResultAsync(Token)).Output.ShouldBe("next");
    }

    [Theory]
    [InlineData(InterruptMode.AtOnce)]
    [InlineData(InterruptMode.AtCheckpoint)]
    public async Task An_interrupt_in_the_last_step_ends_the_run_as_interrupted_with_all_that_was_said(
        InterruptMode mode
    )
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        var asked = new TaskCompletionSource();
        var heard = new TaskCompletionSource();
        host.Model.Enqueue(
            ScriptedReply
                .Text("all of it")
                .ThenWait(_ =>
                {
                    asked.TrySetResult();
                    return new(heard.Task);
                })
        );

        var run = await host.Executor.ExecuteAsync(Writer, "go", new() { SessionId = "s" }, Token);
        await asked.Task;
        await run.InterruptAsync("enough", mode, Token);
        heard.SetResult();
        var result = await run.ResultAsync(Token);

        result.Status.ShouldBe(RunStatus.Interrupted);
        (await host.MessagesAsync("s"))[1].Content.ShouldBe("all of it");
    }

    [Fact]
    public async Task An_agent_that_is_not_registered_is_refused()
    {
        await using var host = await AgentTestHost.StartAsync(Writer);
        var other = AgentDefinition.Create("other").Build();

        var refused = await Should.ThrowAsync<AgentNotFoundException>(() =>
            host.Executor.ExecuteAsync(other, "go", null, Token)
        );

        refused.AvailableTypes.ShouldBe(["writer"]);
    }

    [Theory]
    [InlineData("", "s", "input.message")]
    [InlineData("go", "a__b", "sessionId")]
    [InlineData("go", "", "sessionId")]
    [InlineData("go", "ä", "sessionId")]
    public async Task Invariant_11_Bad_input_names_its_field_and_changes_nothing(
        string message,
        string id,
        string field
    )
    {
        await using var host = await AgentTestHost.StartAsync(Writer);

        var refused = await Should.ThrowAsync<InvalidInputException>(() =>
            host.Executor.ExecuteAsync(Writer, message, new() { SessionId = id }, Token)
        );

        refused.Field.ShouldBe(field);
        (await host.Store.ListSessionsAsync(new(), Token)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_chat_client_the_host_does_not_start_and_says_what_to_add()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        Microsoft.Extensions.DependencyInjection.EverturnServiceCollectionExtensions.AddEverturn(builder.Services);
        Microsoft.Extensions.DependencyInjection.InMemoryEverturnBuilderExtensions.UseInMemory(new(builder.Services));
        new EverturnBuilder(builder.Services).AddAgent(Writer);
        using var host = builder.Build();

        var refused = await Should.ThrowAsync<EverturnException>(() => host.StartAsync(Token));

        refused.Message.ShouldContain("IChatClient");
    }
}
