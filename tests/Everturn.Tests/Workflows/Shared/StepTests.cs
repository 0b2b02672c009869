using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>Steps, their retries and their limits. Run for every store.</summary>
public abstract class StepTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    private static readonly StepOptions OneAttempt = new() { Retries = new() { Limit = 0 } };

    [Fact]
    public async Task A_workflow_gets_its_payload_and_returns_its_result()
    {
        var script = new Script(
            async (step, trigger, _) =>
                await step.DoAsync(
                    "greet",
                    _ => Task.FromResult($"hello {trigger.Payload} {trigger.InstanceId} {trigger.WorkflowName}")
                )
        );
        var host = await StartAsync(script);

        var instance = await host.Client<string, string>("script").CreateAsync("world", "i-1");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("hello world i-1 script");
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Complete);
    }

    [Fact]
    public async Task A_one_step_instance_is_one_create_and_one_commit()
    {
        var host = await StartAsync(new Script((step, _) => step.DoAsync("only", _ => Task.FromResult("x"))));

        await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync("", "i-1"));

        host.Store.Writes.ShouldBe(2);
        host.Store.Commits.ShouldHaveSingleItem().Records.Count.ShouldBe(1);
    }

    [Fact]
    public async Task N_sequential_steps_are_N_commits()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    for (var i = 0; i < 20; i++)
                    {
                        await step.DoAsync("s", _ => Task.FromResult(i));
                    }

                    return "done";
                }
            )
        );

        await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""));

        host.Store.Commits.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_failing_step_is_retried_with_growing_delays_until_it_succeeds()
    {
        var attempts = new List<int>();
        var host = await StartAsync(
            new Script(
                (step, script) =>
                    step.DoAsync(
                        "flaky",
                        (context, _) =>
                        {
                            attempts.Add(context.Attempt);
                            return script.Count("flaky") < 4
                                ? throw new HttpRequestException("down")
                                : Task.FromResult("up");
                        }
                    )
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        var start = host.Time.GetUtcNow();

        for (var i = 0; i < 3; i++)
        {
            await host.AdvanceToDueAsync(instance);
        }

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("up");
        attempts.ShouldBe([1, 2, 3, 4]);
        (host.Time.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(10 + 20 + 40));
    }

    [Theory]
    [InlineData(Backoff.Constant, 3)]
    [InlineData(Backoff.Linear, 6)]
    [InlineData(Backoff.Exponential, 7)]
    public async Task ST_10_delays_grow_as_the_backoff_says(Backoff backoff, int factor)
    {
        var delay = TimeSpan.FromMinutes(1);
        var options = new StepOptions
        {
            Retries = new()
            {
                Limit = 3,
                Delay = delay,
                Backoff = backoff,
            },
        };
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                    (
                        await Should.ThrowAsync<StepFailedException>(() =>
                            step.DoAsync<int>("bad", options, _ => throw new InvalidOperationException("no"))
                        )
                    ).ErrorName
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        var start = host.Time.GetUtcNow();

        for (var i = 0; i < 3; i++)
        {
            await host.AdvanceToDueAsync(instance);
        }

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(nameof(InvalidOperationException));
        (host.Time.GetUtcNow() - start).ShouldBe(delay * factor);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("")]
    public async Task ST_06_a_non_retryable_error_is_not_retried_and_ends_the_instance(string message)
    {
        var host = await StartAsync(
            new Script(
                (step, script) =>
                    step.DoAsync<string>(
                        "bad",
                        _ =>
                        {
                            script.Count("bad");
                            throw new NonRetryableException(message);
                        }
                    )
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");

        var failed = await Should.ThrowAsync<InstanceFailedException>(() =>
            TestHost.InTimeAsync(instance.ResultAsync<string>())
        );

        failed.Error.ShouldBe(new InstanceError("NonRetryableError", message));
        host.Services.GetRequiredService<Script>()["bad"].ShouldBe(1);
    }

    [Fact]
    public async Task ST_27_an_attempt_that_takes_too_long_is_cancelled_and_its_late_result_ignored()
    {
        var late = new TaskCompletionSource<string>();
        var started = new TaskCompletionSource();
        var cancelled = false;
        var options = OneAttempt with { Timeout = TimeSpan.FromSeconds(5) };
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    try
                    {
                        return await step.DoAsync(
                            "slow",
                            options,
                            token =>
                            {
                                token.Register(() => cancelled = true);
                                started.SetResult();
                                return late.Task;
                            }
                        );
                    }
                    catch (WorkflowTimeoutException exception)
                    {
                        late.SetResult("too late");
                        await step.DoAsync("after", _ => Task.CompletedTask);
                        return exception.Message;
                    }
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await TestHost.InTimeAsync(started.Task);

        host.Time.Advance(TimeSpan.FromSeconds(5));

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("Execution timed out after 5000ms");
        cancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task ST_27_a_callback_that_obeys_its_token_times_out_with_the_same_error()
    {
        var started = new TaskCompletionSource();
        var options = OneAttempt with { Timeout = TimeSpan.FromSeconds(5) };
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var thrown = await Should.ThrowAsync<WorkflowTimeoutException>(() =>
                        step.DoAsync(
                            "slow",
                            options,
                            async token =>
                            {
                                started.SetResult();
                                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                            }
                        )
                    );
                    return thrown.Message;
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await TestHost.InTimeAsync(started.Task);

        host.Time.Advance(TimeSpan.FromSeconds(5));

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("Execution timed out after 5000ms");
    }

    [Fact]
    public async Task ST_02_calls_of_one_name_are_numbered_in_call_order_and_run_in_parallel()
    {
        var barrier = new Barrier(3);
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var counts = await Task.WhenAll(
                        Enumerable
                            .Range(0, 3)
                            .Select(_ =>
                                step.DoAsync(
                                    "p",
                                    async (context, _) =>
                                    {
                                        await Task.Run(() => barrier.SignalAndWait(TimeSpan.FromSeconds(30)));
                                        return context.Count;
                                    }
                                )
                            )
                    );
                    return string.Join(",", counts);
                }
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""))).ShouldBe("1,2,3");
    }

    [Fact]
    public async Task ST_29_a_result_of_1_MiB_is_stored_and_a_larger_one_refused()
    {
        // The quotes of the JSON text count as well.
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var fits = await step.DoAsync("fits", _ => Task.FromResult(new string('x', (1024 * 1024) - 2)));
                    var thrown = await Should.ThrowAsync<NonRetryableException>(() =>
                        step.DoAsync("large", _ => Task.FromResult(new string('x', (1024 * 1024) - 1)))
                    );
                    return $"{fits.Length} {thrown.Message}";
                }
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""))).ShouldBe(
            "1048574 Step large-1 output is too large. Maximum allowed size is 1MiB."
        );
    }

    [Fact]
    public async Task Steps_cannot_be_nested()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                    (
                        await Should.ThrowAsync<StepFailedException>(() =>
                            step.DoAsync("outer", OneAttempt, _ => step.DoAsync("inner", _ => Task.FromResult(1)))
                        )
                    ).Message
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""))).ShouldContain("nested");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Awaiting_with_or_without_the_context_keeps_the_order(bool continueOnContext)
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var sum = 0;
                    for (var i = 0; i < 50; i++)
                    {
                        sum += await step.DoAsync("s", _ => Task.FromResult(1)).ConfigureAwait(continueOnContext);
                        await Task.Yield();
                    }

                    return sum.ToString();
                }
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""))).ShouldBe("50");
    }

    [Fact]
    public async Task ST_28_a_result_that_cannot_be_written_fails_at_once()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var thrown = await Should.ThrowAsync<NonRetryableException>(() =>
                        step.DoAsync<IntPtr[]>("pointer", _ => Task.FromResult(new IntPtr[1]))
                    );
                    return thrown.Message;
                }
            )
        );

        (await TestHost.InTimeAsync(host.Client<string, string>("script").RunAsync(""))).ShouldStartWith(
            "Value returned from step \"pointer\" is not serialisable"
        );
    }

    [Fact]
    public async Task ST_26_kinds_never_collide()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var done = await step.DoAsync("a", _ => Task.FromResult("do"));
                    var received = await step.WaitForEventAsync<string>("a");
                    await step.SleepAsync("a", 0);
                    return $"{done} {received.Payload}";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await instance.SendEventAsync("a", "event");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("do event");
    }
}
