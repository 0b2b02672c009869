using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>What a workflow's author relies on. Run for every store.</summary>
public abstract class StepEngineTests(Func<IStoreUnderTest> open) : IAsyncLifetime
{
    private static readonly StepOptions OneAttempt = new() { Retries = new() { Limit = 0 } };
    private readonly IStoreUnderTest _data = open();
    private readonly List<TestHost> _hosts = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _data.DisposeAsync();
        GC.SuppressFinalize(this);
    }

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
    public async Task ST10_delays_grow_as_the_backoff_says(Backoff backoff, int factor)
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
    public async Task ST06_a_non_retryable_error_is_not_retried_and_ends_the_instance(string message)
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
    public async Task ST27_an_attempt_that_takes_too_long_is_cancelled_and_its_late_result_ignored()
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
    public async Task ST27_a_callback_that_obeys_its_token_times_out_with_the_same_error()
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
    public async Task ST02_calls_of_one_name_are_numbered_in_call_order_and_run_in_parallel()
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
    public async Task ST29_a_result_of_1_MiB_is_stored_and_a_larger_one_refused()
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
    public async Task SL04_a_sleeper_is_waiting_out_of_memory_and_wakes_when_due()
    {
        var host = await StartAsync(
            new Script(
                async (step, script) =>
                {
                    script.Count("body");
                    await step.DoAsync("before", _ => Task.FromResult(script.Count("before")));
                    await step.SleepAsync("nap", "1 day");
                    await step.DoAsync("after", _ => Task.FromResult(script.Count("after")));
                    return "rested";
                }
            )
        );
        var script = host.Services.GetRequiredService<Script>();
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        (await instance.StatusAsync()).IsOwned.ShouldBeFalse();
        script["after"].ShouldBe(0);

        host.Time.Advance(TimeSpan.FromDays(1));

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("rested");
        (script["body"], script["before"], script["after"]).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task A_short_sleep_stays_in_memory()
    {
        var host = await StartAsync(
            new Script(
                async (step, script) =>
                {
                    script.Count("body");
                    await step.SleepAsync("blink", 500);
                    return "awake";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");

        await host.AdvanceToDueAsync(instance);

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("awake");
        host.Services.GetRequiredService<Script>()["body"].ShouldBe(1);
    }

    [Fact]
    public async Task SL02_sleeping_until_a_past_time_is_refused_but_not_on_replay()
    {
        var until = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    await step.SleepUntilAsync("until", until);
                    await step.SleepAsync("more", TimeSpan.FromHours(1));
                    var thrown = await Should.ThrowAsync<InvalidInputException>(() =>
                        step.SleepUntilAsync("past", until)
                    );
                    return thrown.Detail;
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");

        await host.AdvanceToDueAsync(instance);
        await host.AdvanceToDueAsync(instance);

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(
            "You can't sleep until a time in the past, time-traveler"
        );
    }

    [Fact]
    public async Task SL03_sleeps_of_one_name_in_a_loop_are_distinct()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        await step.SleepAsync("tick", TimeSpan.FromHours(1));
                    }

                    return "done";
                }
            )
        );
        var start = host.Time.GetUtcNow();
        var instance = await host.Client<string, string>("script").CreateAsync("");

        for (var i = 0; i < 3; i++)
        {
            await host.AdvanceToDueAsync(instance);
        }

        await TestHost.InTimeAsync(instance.ResultAsync<string>());
        (host.Time.GetUtcNow() - start).ShouldBe(TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task EV01_an_event_wakes_the_wait_for_its_type()
    {
        var host = await StartAsync(WaitsFor("approved"));
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.SendEventAsync("other", "no");
        await instance.SendEventAsync("approved", "yes");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("approved:yes");
    }

    [Fact]
    public async Task EV05_events_sent_before_the_wait_are_kept_and_delivered_in_order()
    {
        var gate = new TaskCompletionSource();
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    await step.DoAsync("gate", _ => gate.Task);
                    var first = await step.WaitForEventAsync<int>("first", "n");
                    var second = await step.WaitForEventAsync<int>("second", "n");
                    return $"{first.Payload},{second.Payload}";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await instance.SendEventAsync("n", 1);
        await instance.SendEventAsync("n", 2);

        gate.SetResult();

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("1,2");
        (await host.Store.ReadAsync(instance.Key))!.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task EV03_EV09_EV10_a_wait_that_times_out_throws_and_does_not_swallow_the_next_event()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var first = await step.WaitForEventAsync<string>("first", "e");
                    var error = "";
                    try
                    {
                        await step.WaitForEventAsync<string>("second", "e");
                    }
                    catch (WorkflowTimeoutException exception)
                    {
                        error = exception.Message;
                    }

                    var third = await step.WaitForEventAsync<string>("third", "e");
                    return $"{first.Payload}|{error}|{third.Payload}";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await instance.SendEventAsync("e", "one");
        await host.AdvanceToDueAsync(instance, "second");
        await host.UntilPendingAsync(instance, "third");
        await instance.SendEventAsync("e", "two");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(
            "one|Execution timed out after 86400000ms|two"
        );
    }

    [Fact]
    public async Task EV11_waits_of_one_type_are_served_in_the_order_they_were_asked_for()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var received = await Task.WhenAll(
                        step.WaitForEventAsync<int>("a", "n"),
                        step.WaitForEventAsync<int>("b", "n")
                    );
                    return string.Join(",", received.Select(one => one.Payload));
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.SendEventAsync("n", 1);
        await instance.SendEventAsync("n", 2);

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("1,2");
    }

    [Fact]
    public async Task EV12_events_to_ended_or_unknown_instances_are_refused()
    {
        var host = await StartAsync(new Script((_, _) => Task.FromResult("done")));
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        await Should.ThrowAsync<InstanceFinishedException>(() => instance.SendEventAsync("e", 1));
        await Should.ThrowAsync<InstanceNotFoundException>(() =>
            host.Engine.SendEventAsync(new("script", "nobody"), "e", default)
        );
        await Should.ThrowAsync<InvalidInputException>(() => instance.SendEventAsync("a.b", 1));
    }

    [Fact]
    public async Task WF09_of_20_concurrent_creates_with_one_token_all_get_the_one_instance()
    {
        var host = await StartAsync(Once());
        var client = host.Client<string, string>("script");

        var created = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => client.CreateAsync("", "i-1", "token")))
        );

        await TestHost.InTimeAsync(created[0].ResultAsync<string>());
        created.Select(instance => instance.Id).Distinct().ShouldBe(["i-1"]);
        host.Services.GetRequiredService<Script>()["body"].ShouldBe(1);
    }

    [Fact]
    public async Task WF08_a_used_id_is_refused_while_it_runs_and_after_it_ended_until_it_is_deleted()
    {
        var host = await StartAsync(Once());
        var client = host.Client<string, string>("script");
        var first = await client.CreateAsync("", "i-1", "token");

        await Should.ThrowAsync<InstanceAlreadyExistsException>(() => client.CreateAsync("", "i-1"));
        await TestHost.InTimeAsync(first.ResultAsync<string>());
        (
            await Should.ThrowAsync<InstanceAlreadyExistsException>(() => client.CreateAsync("", "i-1", "other"))
        ).Message.ShouldBe("(instance.already_exists) Workflow instance with id \"i-1\" already exists");
        await first.DeleteAsync();
        await Should.ThrowAsync<InstanceNotFoundException>(() => client.GetAsync("i-1"));

        await TestHost.InTimeAsync(client.RunAsync("", "i-1"));
    }

    [Theory]
    [InlineData("#invalid!")]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData(
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x"
    )]
    public async Task WF04_an_invalid_id_changes_nothing(string id)
    {
        var host = await StartAsync(Once());

        await Should.ThrowAsync<InvalidInputException>(() => host.Client<string, string>("script").CreateAsync("", id));

        host.Store.Writes.ShouldBe(0);
    }

    [Fact]
    public async Task Creating_an_instance_of_a_workflow_without_code_is_refused()
    {
        var host = await StartAsync(Once());

        await Should.ThrowAsync<WorkflowNotFoundException>(() => host.Client<string, string>("nope").CreateAsync(""));
    }

    [Fact]
    public async Task LC09_terminate_ends_a_waiting_and_a_running_instance_and_refuses_an_ended_one()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var host = await StartAsync(
            new Script(
                async (step, trigger, _) =>
                {
                    if (trigger.Payload == "wait")
                    {
                        await step.SleepAsync("long", "1 week");
                    }

                    return await step.DoAsync<string>(
                        "run",
                        async token =>
                        {
                            using var registration = token.Register(() => cancelled.SetResult());
                            started.SetResult();
                            await cancelled.Task;
                            return "ignored";
                        }
                    );
                }
            )
        );
        var client = host.Client<string, string>("script");
        var waiting = await client.CreateAsync("wait");
        var running = await client.CreateAsync("run");
        await host.UntilStatusAsync(waiting, InstanceStatus.Waiting);
        await TestHost.InTimeAsync(started.Task);

        await waiting.TerminateAsync();
        await running.TerminateAsync();

        await TestHost.InTimeAsync(cancelled.Task);
        foreach (var instance in new[] { waiting, running })
        {
            (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Terminated);
            await Should.ThrowAsync<InstanceFailedException>(() =>
                TestHost.InTimeAsync(instance.ResultAsync<string>())
            );
            (await Should.ThrowAsync<InstanceFinishedException>(() => instance.TerminateAsync())).Message.ShouldBe(
                StoreMessages.CannotTerminate
            );
        }
    }

    [Fact]
    public async Task ST28_a_result_that_cannot_be_written_fails_at_once()
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
    public async Task ST26_kinds_never_collide()
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

    [Fact]
    public async Task Instances_are_listed_newest_first_page_by_page()
    {
        var host = await StartAsync(Once());
        var client = host.Client<string, string>("script");
        for (var i = 0; i < 5; i++)
        {
            await TestHost.InTimeAsync(client.RunAsync("", $"i-{i}"));
            host.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var listed = new List<string>();
        InstanceCursor? after = null;
        do
        {
            var page = await host.Engine.ListAsync(new() { Limit = 2, After = after });
            listed.AddRange(page.Instances.Select(instance => instance.Key.Id));
            after = page.Next is { } next ? InstanceCursor.Parse(next.ToString()) : null;
        } while (after is not null);

        listed.ShouldBe(["i-4", "i-3", "i-2", "i-1", "i-0"]);
        await Should.ThrowAsync<InvalidInputException>(() => host.Engine.ListAsync(new() { Limit = 0 }));
        Should.Throw<InvalidInputException>(() => InstanceCursor.Parse("?"));
    }

    private protected async Task<TestHost> StartAsync(
        Script script,
        TestHost? after = null,
        Action<CrashableStore>? prepare = null,
        Action<EverturnBuilder>? configure = null
    )
    {
        var host = await TestHost.StartAsync(
            _data,
            everturn =>
            {
                everturn.Services.AddSingleton(script);
                if (configure is null)
                {
                    everturn.AddWorkflow<ScriptedWorkflow>();
                }
                else
                {
                    configure(everturn);
                }
            },
            after?.Time,
            prepare
        );
        _hosts.Add(host);
        return host;
    }

    private static Script Once() =>
        new(
            (step, script) =>
            {
                script.Count("body");
                return step.DoAsync("only", _ => Task.FromResult("x"));
            }
        );

    private static Script WaitsFor(string type) =>
        new(
            async (step, _) =>
            {
                var received = await step.WaitForEventAsync<string>("wait", type);
                return $"{received.Type}:{received.Payload}";
            }
        );
}
