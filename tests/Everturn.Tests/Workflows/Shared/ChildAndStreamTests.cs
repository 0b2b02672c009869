using System.Text;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Children and streamed results. Run for every store.</summary>
public abstract class ChildAndStreamTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task A_child_runs_once_and_its_result_is_awaited_durably()
    {
        var (gate, script) = (new Gate(), default(Script)!);
        script = new Script(
            async (step, trigger, _) =>
            {
                if (trigger.Payload == "child")
                {
                    script.Count("child");
                    await step.DoAsync(
                        "held",
                        new() { Timeout = TimeSpan.FromDays(9) },
                        async _ => await gate.PassAsync()
                    );
                    return "from the child";
                }

                var result = await step.RunChildAsync<string, string>("kid", "script", "child");
                return await step.DoAsync("after", _ => Task.FromResult(result + script.Count("after")));
            }
        );
        var host = await StartAsync(script);
        var parent = await host.Client<string, string>("script").CreateAsync("", "parent");
        await gate.Reached;
        await host.UntilStatusAsync(parent, InstanceStatus.Waiting);
        await host.CrashAsync();
        var second = await StartAsync(script, host);
        parent = await second.Client<string, string>("script").GetAsync("parent");

        gate.Open();

        (await TestHost.InTimeAsync(parent.ResultAsync<string>())).ShouldBe("from the child1");
        var children = (await second.Engine.ListAsync(new())).Instances.Where(one => one.Parent == parent.Key);
        children.Single().Trigger.ShouldBe(InstanceTrigger.Parent);
    }

    [Fact]
    public async Task A_parent_that_waits_anew_for_a_child_that_has_ended_stays_until_it_has_looked()
    {
        var (looking, isSlow) = (new Gate(), false);
        var script = new Script(
            async (step, trigger, _) =>
                trigger.Payload == "child"
                    ? "from the child"
                    : await step.RunChildAsync<string, string>("kid", "script", "child", new() { Id = "the-kid" })
        );
        var host = await StartAsync(
            script,
            prepare: store =>
                store.Finding = key => isSlow && key.Id == "the-kid" ? looking.PassAsync() : Task.CompletedTask
        );
        var parent = await host.Client<string, string>("script").CreateAsync("", "parent");
        await TestHost.InTimeAsync(parent.ResultAsync<string>());
        isSlow = true;

        // The child told the execution before, and tells nobody again.
        await parent.RestartAsync(new() { From = new("kid", Kind: StepKind.ChildEnd) });
        await looking.Reached;
        for (var i = 0; i < 1_000; i++)
        {
            await Task.Yield();
        }

        looking.Open();

        (await TestHost.InTimeAsync(parent.ResultAsync<string>())).ShouldBe("from the child");
    }

    [Theory]
    [InlineData("fail", "InvalidOperationException", "no good")]
    [InlineData("terminate", "Terminated", "The child instance was terminated.")]
    [InlineData("delete", "Deleted", "The child instance was deleted.")]
    public async Task A_child_that_ends_without_a_result_fails_the_wait(string how, string name, string message)
    {
        var script = new Script(
            async (step, trigger, _) =>
            {
                if (trigger.Payload == "child")
                {
                    if (how == "fail")
                    {
                        throw new InvalidOperationException("no good");
                    }

                    await step.SleepAsync("long", TimeSpan.FromDays(1));
                    return "";
                }

                try
                {
                    return await step.RunChildAsync<string, string>("kid", "script", "child", new() { Id = "the-kid" });
                }
                catch (ChildFailedException failed)
                {
                    return $"{failed.ErrorName}: {failed.Message}";
                }
            }
        );
        var host = await StartAsync(script);
        var client = host.Client<string, string>("script");
        var parent = await client.CreateAsync("", "parent");
        if (how != "fail")
        {
            await host.UntilStatusAsync(parent, InstanceStatus.Waiting);
            var child = await client.GetAsync("the-kid");
            await (how == "terminate" ? child.TerminateAsync() : child.DeleteAsync());
        }

        (await TestHost.InTimeAsync(parent.ResultAsync<string>())).ShouldBe($"{name}: {message}");
    }

    [Fact]
    public async Task A_child_that_takes_too_long_times_the_wait_out_and_goes_on()
    {
        var script = new Script(
            async (step, trigger, _) =>
            {
                if (trigger.Payload == "child")
                {
                    await step.SleepAsync("long", TimeSpan.FromDays(1));
                    return "late";
                }

                try
                {
                    return await step.RunChildAsync<string, string>(
                        "kid",
                        "script",
                        "child",
                        new() { Id = "the-kid", Timeout = TimeSpan.FromHours(1) }
                    );
                }
                catch (WorkflowTimeoutException timeout)
                {
                    return timeout.Message;
                }
            }
        );
        var host = await StartAsync(script);
        var client = host.Client<string, string>("script");
        var parent = await client.CreateAsync("", "parent");
        await host.AdvanceToDueAsync(parent, "kid");

        (await TestHost.InTimeAsync(parent.ResultAsync<string>())).ShouldBe("Execution timed out after 3600000ms");
        var child = await client.GetAsync("the-kid");
        await host.AdvanceToDueAsync(child, "long");
        (await TestHost.InTimeAsync(child.ResultAsync<string>())).ShouldBe("late");
    }

    [Fact]
    public async Task A_child_of_an_unknown_workflow_or_with_a_used_id_is_refused()
    {
        var script = new Script(
            async (step, _) =>
            {
                var all = "";
                foreach (var (workflow, id) in new[] { ("nope", "x"), ("script", "parent"), ("script", "#") })
                {
                    try
                    {
                        await step.StartChildAsync($"kid {workflow} {id}", workflow, "", new() { Id = id });
                    }
                    catch (StepFailedException failed)
                    {
                        all += failed.ErrorName + " ";
                    }
                }

                return all;
            }
        );
        var host = await StartAsync(script);
        var parent = await host.Client<string, string>("script").CreateAsync("", "parent");

        (await TestHost.InTimeAsync(parent.ResultAsync<string>())).ShouldBe(
            "WorkflowNotFoundException InstanceAlreadyExistsException InvalidInputException "
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData(3_000_000)]
    public async Task ST_32_a_stream_is_stored_and_read_again_after_a_crash(int bytes)
    {
        var content = new byte[bytes];
        new Random(1).NextBytes(content);
        var script = new Script(
            async (step, script) =>
            {
                var stream = await step.StreamAsync("produce", (_, _) => PiecesAsync(script, content));
                await step.SleepAsync("nap", TimeSpan.FromHours(1));
                var read = await stream.ReadAllAsync();
                return $"{stream.TotalBytes} {read.AsSpan().SequenceEqual(content)}";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await host.CrashAsync();
        var second = await StartAsync(script, host);
        instance = await second.Client<string, string>("script").GetAsync("i-1");
        await second.AdvanceToDueAsync(instance, "nap");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe($"{bytes} True");
        script["produced"].ShouldBe(1);
    }

    [Fact]
    public async Task ST_33_a_piece_of_more_than_16_MiB_is_fatal_and_an_attempt_that_fails_leaves_no_chunks()
    {
        var script = new Script(
            async (step, script) =>
            {
                var stream = await step.StreamAsync(
                    "second time",
                    (context, _) => FailsFirstAsync(context.Attempt),
                    new() { Retries = new() { Delay = TimeSpan.Zero } }
                );
                try
                {
                    await step.StreamAsync("huge", (_, _) => HugeAsync());
                }
                catch (NonRetryableException exception)
                {
                    return $"{stream.TotalBytes} {exception.Message}";
                }

                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(
            "2 Step huge-1 produced a chunk that is too large. Maximum allowed size is 16MiB."
        );
        var step = new Everturn.Workflows.Storage.JournalKey(
            Everturn.Workflows.Storage.JournalKind.Do,
            "second time",
            1
        );
        (await host.Store.ReadChunkAsync(instance.Key, step, 1, 0)).ShouldBeNull();
        (await host.Store.ReadChunkAsync(instance.Key, step, 2, 0)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ST_33_a_stream_that_takes_too_long_leaves_no_chunks()
    {
        var (gate, script) = (new Gate(), default(Script)!);
        script = new Script(
            async (step, _) =>
            {
                var thrown = await Should.ThrowAsync<WorkflowTimeoutException>(() =>
                    step.StreamAsync(
                        "slow",
                        (_, _) => HeldAsync(gate),
                        new()
                        {
                            Timeout = TimeSpan.FromMinutes(1),
                            Retries = new() { Limit = 0 },
                        }
                    )
                );
                return thrown.Message;
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await gate.Reached;
        var step = new Everturn.Workflows.Storage.JournalKey(Everturn.Workflows.Storage.JournalKind.Do, "slow", 1);
        (await host.Store.ReadChunkAsync(instance.Key, step, 1, 0)).ShouldNotBeNull();

        host.Time.Advance(TimeSpan.FromMinutes(1));

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("Execution timed out after 60000ms");
        gate.Open();
        (await host.Store.ReadChunkAsync(instance.Key, step, 1, 0)).ShouldBeNull();
    }

    [Fact]
    public async Task ST_36_a_sensitive_output_is_given_to_the_code_and_shown_nowhere_but_errors_are()
    {
        var script = new Script(
            async (step, _) =>
            {
                var sensitive = new StepOptions
                {
                    Sensitive = true,
                    Retries = new() { Limit = 0 },
                };
                var secret = await step.DoAsync("secret", sensitive, _ => Task.FromResult("s3cret"));
                var length = await step.DoAsync("next", _ => Task.FromResult(secret.Length));
                var failed = await Should.ThrowAsync<StepFailedException>(() =>
                    step.DoAsync("fails", sensitive, _ => throw new InvalidOperationException("shown"))
                );
                return $"{length} {failed.Message}";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("6 shown");

        var steps = (await instance.DescribeAsync()).Steps;
        Text(steps[0]).ShouldBe("\"[REDACTED]\"");
        (steps[2].Error!.Message, steps[2].Attempts.Single().Error!.Message).ShouldBe(("shown", "shown"));
        await foreach (var logged in instance.SubscribeAsync())
        {
            Encoding.UTF8.GetString(logged.OutputJson.GetValueOrDefault().Span).ShouldNotContain("s3cret");
        }
    }

    [Fact]
    public async Task ST_34_a_restart_removes_the_chunks()
    {
        var script = new Script(
            async (step, script) =>
            {
                var stream = await step.StreamAsync("produce", (_, _) => PiecesAsync(script, new byte[10]));
                return $"{stream.TotalBytes}";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        await instance.RestartAsync(new() { From = new("produce") });
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("10");

        script["produced"].ShouldBe(2);
    }

    [Theory]
    [InlineData("plain text", "\"plain text\"")]
    [InlineData(null, "\"[ReadableStream (binary): 4 bytes]\"")]
    public async Task ST_35_ST_36_a_stream_is_shown_by_a_preview_unless_it_is_sensitive(string? text, string preview)
    {
        var content = text is null ? [0, 255, 1, 254] : Encoding.UTF8.GetBytes(text);
        var script = new Script(
            async (step, script) =>
            {
                await step.StreamAsync("shown", (_, _) => PiecesAsync(script, content));
                await step.StreamAsync("long", (_, _) => PiecesAsync(script, new string('x', 5000)));
                var hidden = await step.StreamAsync(
                    "hidden",
                    (_, _) => PiecesAsync(script, content),
                    new() { Sensitive = true }
                );
                return $"{(await hidden.ReadAllAsync()).Length}";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe($"{content.Length}");

        var steps = (await instance.DescribeAsync()).Steps;

        Text(steps[0]).ShouldBe(preview);
        Text(steps[1]).ShouldBe($"\"{new string('x', 1024)}[truncated output]\"");
        Text(steps[2]).ShouldBe("\"[REDACTED]\"");
    }

    private static string Text(StepSnapshot step) => Encoding.UTF8.GetString(step.OutputJson.Span);

    private static IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync(Script script, string text) =>
        PiecesAsync(script, Encoding.UTF8.GetBytes(text));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync(Script script, byte[] content)
    {
        script.Count("produced");
        foreach (var piece in content.Chunk(100_000))
        {
            await Task.Yield();
            yield return piece;
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> FailsFirstAsync(int attempt)
    {
        await Task.Yield();
        yield return attempt == 1 ? new byte[2_000_000] : new byte[2];
        if (attempt == 1)
        {
            throw new InvalidOperationException("half-way");
        }
    }

    /// <summary>More than is stored at a time, and then nothing for long.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> HeldAsync(Gate gate)
    {
        yield return new byte[2_000_000];
        await gate.PassAsync();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> HugeAsync()
    {
        await Task.Yield();
        yield return new byte[17 * 1024 * 1024];
    }
}
