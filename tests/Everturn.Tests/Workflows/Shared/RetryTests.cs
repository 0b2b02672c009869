using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>How attempts fail, what is told of them and when the next one comes. Run for every store.</summary>
public abstract class RetryTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Theory]
    [InlineData("no good")]
    [InlineData("")]
    public async Task ST_05_a_step_that_keeps_failing_is_retried_as_often_as_the_limit_says(string message)
    {
        var script = new Script(
            (step, script) =>
                step.DoAsync<string>(
                    "bad",
                    Retry(
                        new()
                        {
                            Limit = 3,
                            Delay = TimeSpan.FromMilliseconds(100),
                            Backoff = Backoff.Constant,
                        }
                    ),
                    _ =>
                    {
                        script.Count("bad");
                        throw new InvalidOperationException(message);
                    }
                )
        );
        var (host, instance) = await RunAsync(script);
        for (var i = 0; i < 3; i++)
        {
            await host.AdvanceToDueAsync(instance, "bad");
        }

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        ended.Error.ShouldBe(new InstanceError(nameof(InvalidOperationException), message));
        script["bad"].ShouldBe(4);
    }

    [Theory]
    [InlineData(NonRetryableException.DefaultName)]
    [InlineData("CardDeclined")]
    public async Task ST_07_a_non_retryable_errors_message_and_name_are_kept_in_the_attempt_and_the_instance(
        string name
    )
    {
        var (host, instance) = await RunAsync(
            new Script((step, _) => step.DoAsync<string>("bad", _ => throw new NonRetryableException("final", name)))
        );

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        var error = new InstanceError(name, "final");
        ended.Error.ShouldBe(error);
        var step = (await instance.DescribeAsync()).Steps.Single();
        step.Attempts.Single().Error.ShouldBe(error);
        step.Error.ShouldBe(error);
    }

    [Fact]
    public async Task ST_08_a_failure_that_is_caught_is_logged_and_the_instance_completes()
    {
        var (_, instance) = await RunAsync(
            new Script(
                async (step, _) =>
                {
                    try
                    {
                        return await step.DoAsync<string>(
                            "bad",
                            Retry(new() { Limit = 0 }),
                            _ => throw new InvalidOperationException("no")
                        );
                    }
                    catch (StepFailedException)
                    {
                        return "caught";
                    }
                }
            )
        );

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("caught");

        var failed = (await LogAsync(instance)).Where(entry => entry.Type == InstanceLogEventType.AttemptErrored);
        failed.ShouldHaveSingleItem().Error.ShouldBe(new InstanceError(nameof(InvalidOperationException), "no"));
    }

    [Fact]
    public async Task ST_09_the_delay_before_a_retry_is_really_waited()
    {
        var script = new Script(
            (step, script) =>
                step.DoAsync(
                    "flaky",
                    Retry(new() { Limit = 1, Delay = TimeSpan.FromSeconds(1) }),
                    _ =>
                        script.Count("flaky") == 1
                            ? throw new InvalidOperationException("once")
                            : Task.FromResult("done")
                )
        );
        var (host, instance) = await RunAsync(script);
        var failedAt = host.Time.GetUtcNow();
        (await host.UntilPendingAsync(instance, "flaky")).ShouldBe(failedAt.AddSeconds(1));

        host.Time.Advance(TimeSpan.FromMilliseconds(999));
        script["flaky"].ShouldBe(1);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("done");
    }

    [Theory]
    [InlineData(false, Backoff.Constant, 100, 200)]
    [InlineData(true, Backoff.Constant, 100, 200)]
    [InlineData(true, Backoff.Exponential, 100, 400)]
    public async Task ST_11_a_computed_delay_is_waited_and_logged(bool isAsync, Backoff backoff, int first, int second)
    {
        var computed = new List<string>();
        var script = new Script(
            (step, script) =>
                step.DoAsync(
                    "flaky",
                    Retry(new() { ComputeDelay = DelayAsync, Backoff = backoff }),
                    _ => script.Count("flaky") < 3 ? throw new HttpRequestException("busy") : Task.FromResult("done")
                )
        );
        var (host, instance) = await RunAsync(script);
        for (var i = 0; i < 2; i++)
        {
            await host.AdvanceToDueAsync(instance, "flaky");
        }

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("done");

        (await instance.DescribeAsync())
            .Steps.Single()
            .Attempts.Select(attempt => attempt.RetryDelay?.TotalMilliseconds)
            .ShouldBe([first, second, null]);
        computed.ShouldBe(["flaky 1 HttpRequestException busy", "flaky 2 HttpRequestException busy"]);

        async ValueTask<WorkflowSleepDuration> DelayAsync(RetryDelayContext context, CancellationToken token)
        {
            if (isAsync)
            {
                await Task.Yield();
            }

            computed.Add($"{context.Step.Name} {context.Step.Attempt} {context.Error.Name} {context.Error.Message}");
            return TimeSpan.FromMilliseconds(100 * context.Step.Attempt);
        }
    }

    [Theory]
    [InlineData("throws", "threw an error: no idea")]
    [InlineData("rejects", "threw an error: no idea")]
    [InlineData("hangs", "did not return within 5 seconds")]
    [InlineData(
        "lies",
        "returned an invalid delay value (expected a number of ms or a duration string like \"30 seconds\")"
    )]
    public async Task ST_12_a_delay_that_cannot_be_computed_fails_the_step_without_retries(string how, string message)
    {
        var asked = new Gate();
        var script = new Script(
            (step, script) =>
                step.DoAsync<string>(
                    "bad",
                    Retry(new() { ComputeDelay = (_, token) => ComputeAsync(how, asked, token) }),
                    _ => throw new InvalidOperationException($"attempt {script.Count("bad")}")
                )
        );
        var (host, instance) = await RunAsync(script);
        await asked.Reached;
        host.Time.Advance(TimeSpan.FromSeconds(how == "hangs" ? 5 : 0));

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        ended.Error.ShouldBe(
            new InstanceError("NonRetryableDelayError", $"The delay function for step \"bad-1\" {message}")
        );
        script["bad"].ShouldBe(1);
        asked.Open();
    }

    [Fact]
    public async Task ST_20_an_attempt_that_dies_with_its_host_counts_and_the_next_ones_result_is_recorded_once()
    {
        var hold = new Gate();
        var script = new Script(
            (step, _) =>
                step.DoAsync(
                    "held",
                    Retry(new() { Limit = 0 }) with
                    {
                        Timeout = TimeSpan.FromDays(30),
                    },
                    async (context, _) =>
                    {
                        if (context.Attempt == 1)
                        {
                            await hold.PassAsync();
                        }

                        return $"attempt {context.Attempt}";
                    }
                )
        );
        var (first, instance) = await RunAsync(script);
        await hold.Reached;
        await TestHost.UntilAsync(
            async () =>
            {
                first.Time.Advance(TimeSpan.FromMilliseconds(50));
                return (await first.Store.ReadAsync(instance.Key))!.Journal.Count == 1;
            },
            "the attempt to be noted"
        );
        await first.CrashAsync();

        var second = await StartAsync(script, first);
        var again = await second.Client<string, string>("script").GetAsync(instance.Id);

        (await TestHost.InTimeAsync(again.ResultAsync<string>())).ShouldBe("attempt 2");
        hold.Open();
        var step = (await again.DescribeAsync()).Steps.Single();
        step.Attempts.Select(attempt => attempt.Error?.Name).ShouldBe(["WorkflowInternalError", null]);
        (await second.Store.ReadAsync(instance.Key))!.Journal.Single().Outcome.ShouldBe(JournalOutcome.Value);
    }

    [Fact]
    public async Task ST_24_the_options_that_a_step_began_with_win_over_those_of_changed_code()
    {
        var (limit, delay) = (2, TimeSpan.FromHours(1));
        var script = new Script(
            (step, script) =>
                step.DoAsync<string>(
                    "bad",
                    Retry(
                        new()
                        {
                            Limit = limit,
                            Delay = delay,
                            Backoff = Backoff.Constant,
                        }
                    ),
                    _ => throw new InvalidOperationException($"attempt {script.Count("bad")}")
                )
        );
        var (first, instance) = await RunAsync(script);
        var start = first.Time.GetUtcNow();
        await first.UntilPendingAsync(instance, "bad");
        await first.CrashAsync();
        (limit, delay) = (0, TimeSpan.FromDays(1));

        var second = await StartAsync(script, first);
        for (var i = 0; i < 2; i++)
        {
            await second.AdvanceToDueAsync(instance, "bad");
        }

        var ended = await TestHost.InTimeAsync(second.Engine.WaitAsync(instance.Key));

        ended.Error!.Message.ShouldBe("attempt 3");
        (second.Time.GetUtcNow() - start).ShouldBe(TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("body")]
    [InlineData("step")]
    public async Task ST_30_errors_keep_the_names_of_their_types(string where)
    {
        Exception[] thrown =
        [
            new InvalidOperationException("no"),
            new TimeoutException("late"),
            new FormatException("shape"),
            new OwnException("own"),
        ];
        var script = new Script(
            async (step, trigger, _) =>
            {
                var exception = thrown[int.Parse(trigger.Payload)];
                if (where == "body")
                {
                    throw exception;
                }

                return await step.DoAsync<string>("bad", Retry(new() { Limit = 0 }), _ => throw exception);
            }
        );
        var host = await StartAsync(script);
        for (var i = 0; i < thrown.Length; i++)
        {
            var instance = await host.Client<string, string>("script").CreateAsync($"{i}");

            var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

            ended.Error.ShouldBe(new InstanceError(thrown[i].GetType().Name, thrown[i].Message));
        }
    }

    private static async ValueTask<WorkflowSleepDuration> ComputeAsync(string how, Gate asked, CancellationToken token)
    {
        var hold = asked.PassAsync();
        switch (how)
        {
            case "rejects":
                await Task.Yield();
                goto case "throws";
            case "throws":
                throw new InvalidOperationException("no idea");
            case "hangs":
                // Deaf to its token.
                await hold;
                break;
        }

        return TimeSpan.FromSeconds(-1);
    }

    private static StepOptions Retry(RetryOptions retries) => new() { Retries = retries };

    private static async Task<List<InstanceLogEvent>> LogAsync(WorkflowInstance instance)
    {
        var log = new List<InstanceLogEvent>();
        await foreach (var logged in instance.SubscribeAsync())
        {
            log.Add(logged);
        }

        return log;
    }

    private async Task<(TestHost Host, WorkflowInstance Instance)> RunAsync(Script script)
    {
        var host = await StartAsync(script);
        return (host, await host.Client<string, string>("script").CreateAsync("", "i-1"));
    }

    private sealed class OwnException(string message) : Exception(message);
}
