using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>Rollback of steps when an instance fails or is terminated. Run for every store.</summary>
public abstract class RollbackTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    private TestHost? _host;

    [Fact]
    public async Task RB_01_RB_04_RB_14_handlers_run_in_reverse_with_error_output_and_context()
    {
        var log = new List<string>();
        var running = "";
        TestHost? host = null;
        WorkflowInstance? instance = null;
        var script = new Script(
            async (step, _) =>
            {
                for (var i = 1; i <= 3; i++)
                {
                    var number = i;
                    await step.DoAsync(
                        $"s{number}",
                        Undo(
                            async (undo, _) =>
                            {
                                running = (await instance!.StatusAsync(CancellationToken.None)).Status.Value;
                                lock (log)
                                {
                                    log.Add(
                                        $"{undo.Step.Name}-{undo.Step.Count}: {undo.Output<int>()}, {undo.Error.Message}"
                                    );
                                }
                            }
                        ),
                        _ => Task.FromResult(number * 10)
                    );
                }

                await step.WaitForEventAsync<int>("go", "n");
                throw new InvalidOperationException("broken");
            }
        );
        host = await StartAsync(script);
        instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await instance.SendEventAsync("n", 1);

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        log.ShouldBe(["s3-1: 30, broken", "s2-1: 20, broken", "s1-1: 10, broken"]);
        running.ShouldBe("running");
        ended.Status.ShouldBe(InstanceStatus.Errored);
        ended.Error.ShouldBe(new InstanceError("InvalidOperationException", "broken"));
        ended.Rollback.ShouldBe(new RollbackResult(true));
    }

    [Fact]
    public async Task RB_02_parallel_steps_are_rolled_back_in_reverse_order_of_their_start()
    {
        var (log, first) = (new List<string>(), new Gate());
        var script = new Script(
            async (step, _) =>
            {
                var slow = step.DoAsync("slow", Logged(log), async _ => await first.PassAsync());
                var fast = step.DoAsync(
                    "fast",
                    Logged(log),
                    _ =>
                    {
                        first.Open();
                        return Task.CompletedTask;
                    }
                );
                await Task.WhenAll(slow, fast);
                throw new InvalidOperationException("broken");
            }
        );

        await FailAsync(script);

        log.ShouldBe(["fast", "slow"]);
    }

    [Fact]
    public async Task RB_03_a_handler_has_retries_of_its_own()
    {
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync(
                    "s",
                    new StepOptions
                    {
                        Rollback = new(
                            (undo, _) =>
                                undo.Step.Attempt < 3
                                    ? throw new InvalidOperationException($"try {script.Count("undo")}")
                                    : Task.CompletedTask
                        )
                        {
                            Retries = new() { Limit = 2, Delay = TimeSpan.Zero },
                        },
                    },
                    _ => Task.CompletedTask
                );
                throw new InvalidOperationException("broken");
            }
        );

        var ended = await FailAsync(script);

        script["undo"].ShouldBe(2);
        ended.Rollback.ShouldBe(new RollbackResult(true));
    }

    [Fact]
    public async Task RB_05_RB_06_the_failed_steps_own_handler_runs_without_output_and_steps_without_one_are_skipped()
    {
        var outputs = new List<string>();
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("plain", _ => Task.CompletedTask);
                return await step.DoAsync<string>(
                    "fails",
                    Undo(
                        (undo, _) =>
                        {
                            outputs.Add($"{undo.HasOutput} {undo.Output<string>() ?? "-"}");
                            return Task.CompletedTask;
                        }
                    ),
                    _ => throw new NonRetryableException("no")
                );
            }
        );

        var ended = await FailAsync(script);

        outputs.ShouldBe(["False -"]);
        ended.Rollback!.IsComplete.ShouldBeTrue();
        var log = await LogAsync();
        log.Single(entry => entry.Type == InstanceLogEventType.RollbackStarted).TotalSteps.ShouldBe(1);
    }

    [Fact]
    public async Task RB_07_a_handler_that_fails_for_good_stops_the_chain()
    {
        var log = new List<string>();
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("one", Logged(log), _ => Task.CompletedTask);
                await step.DoAsync(
                    "two",
                    Undo((_, _) => throw new NonRetryableException("stuck")),
                    _ => Task.CompletedTask
                );
                throw new InvalidOperationException("broken");
            }
        );

        var ended = await FailAsync(script);

        log.ShouldBeEmpty();
        ended.Rollback.ShouldBe(
            new RollbackResult(false, new InstanceError(NonRetryableException.DefaultName, "stuck"))
        );
        ended.Error!.Message.ShouldBe("broken");
    }

    [Theory]
    [InlineData(true, "waiting")]
    [InlineData(false, "waiting")]
    [InlineData(true, "running")]
    [InlineData(true, "paused")]
    public async Task RB_08_RB_11_terminate_runs_the_handlers_only_if_it_says_so(bool rollback, string from)
    {
        var (log, gate) = (new List<string>(), new Gate());
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("one", Logged(log), _ => Task.CompletedTask);
                if (from == "running")
                {
                    await step.DoAsync("held", Patient(Logged(log)), async _ => await gate.PassAsync());
                }

                await step.SleepAsync("long", TimeSpan.FromDays(1));
                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        if (from == "running")
        {
            await gate.Reached;
        }
        else
        {
            await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        }

        if (from == "paused")
        {
            await instance.PauseAsync();
        }

        await instance.TerminateAsync(new() { Rollback = rollback });
        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        ended.Status.ShouldBe(InstanceStatus.Terminated);
        ended.Error.ShouldBeNull();
        string[] expected = from == "running" ? ["held", "one"] : ["one"];
        log.ShouldBe(rollback ? expected : []);
        ended.Rollback.ShouldBe(rollback ? new RollbackResult(true) : null);
        gate.Open();
    }

    [Fact]
    public async Task RB_09_RB_13_after_a_crash_the_handlers_are_found_again_and_finished_ones_do_not_run_again()
    {
        var hold = new Gate();
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync(
                    "first",
                    Undo(
                        (undo, _) =>
                        {
                            script.Count($"first undone with {undo.Output<string>()}");
                            return Task.CompletedTask;
                        }
                    ),
                    _ => Task.FromResult($"run {script.Count("first")}")
                );
                await step.DoAsync(
                    "second",
                    Patient(
                        Undo(
                            async (_, _) =>
                            {
                                if (script.Count("second undo begun") == 1)
                                {
                                    await hold.PassAsync();
                                }
                            }
                        )
                    ),
                    _ => Task.FromResult(script.Count("second"))
                );
                await step.DoAsync(
                    "third",
                    Undo(
                        (_, _) =>
                        {
                            script.Count("third undone");
                            return Task.CompletedTask;
                        }
                    ),
                    _ => throw new NonRetryableException($"broken {script.Count("third")}")
                );
                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await hold.Reached;
        await TestHost.UntilAsync(
            async () =>
                (await host.Store.ReadAsync(instance.Key))!.Journal.Any(record =>
                    record.Key == new JournalKey(JournalKind.Rollback, "third", 1)
                    && record.Outcome == JournalOutcome.Value
                ),
            "the third step's rollback to be recorded"
        );
        await host.CrashAsync();

        var second = await StartAsync(script, host);
        var ended = await TestHost.InTimeAsync(second.Engine.WaitAsync(instance.Key));

        ended.Error!.Message.ShouldBe("broken 1");
        ended.Rollback.ShouldBe(new RollbackResult(true));
        (script["first"], script["second"], script["third"]).ShouldBe((1, 1, 1));
        (script["third undone"], script["second undo begun"], script["first undone with run 1"]).ShouldBe((1, 2, 1));
    }

    [Fact]
    public async Task RB_09_a_step_that_was_begun_and_not_finished_is_rolled_back_after_a_crash()
    {
        var (log, hold) = (new List<string>(), new Gate());
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("begun", Patient(Logged(log)), async _ => await hold.PassAsync());
                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await hold.Reached;
        await host.CrashAsync();
        // Asked for while nobody executes it, so that the next host finds the wish and no memory of the step.
        var reader = await StartAsync(script, host, configure: _ => { });
        await reader.Engine.TerminateAsync(instance.Key, new() { Rollback = true });

        var second = await StartAsync(script, reader);
        var ended = await TestHost.InTimeAsync(second.Engine.WaitAsync(instance.Key));

        ended.Status.ShouldBe(InstanceStatus.Terminated);
        log.ShouldBe(["begun"]);
    }

    [Fact]
    public async Task RB_10_a_handler_that_the_replay_does_not_reach_is_missing()
    {
        var isChanged = false;
        var script = new Script(
            async (step, _) =>
            {
                if (!isChanged)
                {
                    await step.DoAsync("gone", Undo((_, _) => Task.CompletedTask), _ => Task.CompletedTask);
                }

                await step.SleepAsync("long", TimeSpan.FromDays(1));
                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        isChanged = true;

        await instance.TerminateAsync(new() { Rollback = true });
        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));

        ended.Rollback.ShouldBe(
            new RollbackResult(
                false,
                new InstanceError("RollbackMissing", "Rollback function not available in registry")
            )
        );
    }

    [Fact]
    public async Task RB_12_nothing_is_rolled_back_on_success_also_when_an_error_was_caught()
    {
        var log = new List<string>();
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("one", Logged(log), _ => Task.CompletedTask);
                try
                {
                    await step.DoAsync("two", Logged(log), _ => throw new NonRetryableException("no"));
                }
                catch (NonRetryableException)
                {
                    return "caught";
                }

                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("caught");

        log.ShouldBeEmpty();
        (await instance.StatusAsync()).Rollback.ShouldBeNull();
    }

    private static StepOptions Undo(Func<RollbackContext, CancellationToken, Task> handler) =>
        new() { Rollback = new(handler) };

    private static StepOptions Patient(StepOptions options) => options with { Timeout = TimeSpan.FromDays(30) };

    private static StepOptions Logged(List<string> log) =>
        Undo(
            (undo, _) =>
            {
                log.Add(undo.Step.Name);
                return Task.CompletedTask;
            }
        );

    private async Task<InstanceSnapshot> FailAsync(Script script)
    {
        _host = await StartAsync(script);
        var instance = await _host.Client<string, string>("script").CreateAsync("", "i-1");
        var ended = await TestHost.InTimeAsync(_host.Engine.WaitAsync(instance.Key));
        ended.Status.ShouldBe(InstanceStatus.Errored);
        return ended;
    }

    private async Task<List<InstanceLogEvent>> LogAsync()
    {
        var log = new List<InstanceLogEvent>();
        await foreach (var logged in _host!.Engine.SubscribeAsync(new("script", "i-1")))
        {
            log.Add(logged);
        }

        return log;
    }
}
