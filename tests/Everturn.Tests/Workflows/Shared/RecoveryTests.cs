using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>What survives when hosts come and go. Run for every store.</summary>
public abstract class RecoveryTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    /// <summary>However fast the virtual clock runs, it does not time out a step that is merely slow to be scheduled.</summary>
    private static StepOptions Patient { get; } = new() { Timeout = TimeSpan.FromDays(30) };

    public static TheoryData<int, bool> CrashPositions
    {
        get
        {
            var positions = new TheoryData<int, bool>();
            foreach (var write in Enumerable.Range(1, 12))
            {
                positions.Add(write, false);
                positions.Add(write, true);
            }

            return positions;
        }
    }

    /// <summary>Dies at each write in turn, before and after it reaches the store; the last numbers lie behind the end.</summary>
    [Theory]
    [MemberData(nameof(CrashPositions))]
    public async Task I5_a_crash_at_any_write_repeats_no_recorded_step_and_ends_the_same(int write, bool reachesStore)
    {
        var script = Journey();
        var first = await StartAsync(
            script,
            prepare: store =>
            {
                store.CrashAt = write;
                store.CrashAfterWrite = reachesStore;
            }
        );
        var running = first;
        // Does not return if the create is where the process dies.
        _ = CreateAsync(first);
        await TestHost.InTimeAsync(Task.WhenAny(first.Store.Crashed, DriveAsync(first)));
        if (first.Store.Crashed.IsCompleted)
        {
            await first.CrashAsync();
            var recorded = await RecordedAsync();
            var counts = recorded.ToDictionary(step => step, step => script[step]);
            running = await StartAsync(script, first);
            await CreateAsync(running);
            await TestHost.InTimeAsync(DriveAsync(running));
            foreach (var (step, count) in counts)
            {
                script[step].ShouldBe(count, $"{step} was recorded, so it must not run again");
            }
        }

        var snapshot = await running.Engine.GetAsync(new("script", "i-1"));
        snapshot.Output<string>().ShouldBe("a:True flaky=2 b:True,c:True event=go");
    }

    [Fact]
    public async Task ST_21_ST22_failures_are_recorded_and_thrown_again_without_running_the_callback()
    {
        var script = new Script(
            async (step, script) =>
            {
                var errors = new List<string>();
                foreach (var retryable in new[] { true, false })
                {
                    try
                    {
                        await step.DoAsync(
                            "bad",
                            new() { Retries = new() { Limit = 0 } },
                            _ =>
                            {
                                script.Count("bad");
                                throw retryable
                                    ? new InvalidOperationException("retryable")
                                    : new NonRetryableException("final");
                            }
                        );
                    }
                    catch (Exception exception)
                    {
                        errors.Add($"{exception.GetType().Name}:{exception.Message}");
                    }
                }

                await step.WaitForEventAsync<int>("go");
                return string.Join(" ", errors);
            }
        );
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await first.CrashAsync();

        var second = await StartAsync(script, first);
        instance = await second.Client<string, string>("script").GetAsync("i-1");
        await instance.SendEventAsync("go", 1);

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(
            "StepFailedException:retryable NonRetryableException:final"
        );
        script["bad"].ShouldBe(2);
    }

    [Fact]
    public async Task Replay_hands_over_outcomes_in_the_order_in_which_they_came_so_that_WhenAny_resolves_the_same_way()
    {
        TaskCompletionSource<string>[] results = [new(), new(), new()];
        var script = new Script(
            async (step, _) =>
            {
                var racers = results.Select((result, number) => step.DoAsync($"r{number}", _ => result.Task)).ToList();
                var order = new List<string>();
                while (racers.Count > 0)
                {
                    var winner = await Task.WhenAny(racers);
                    racers.Remove(winner);
                    order.Add(await winner);
                }

                await step.WaitForEventAsync<int>("go");
                return string.Join(",", order);
            }
        );
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        foreach (var number in new[] { 2, 0, 1 })
        {
            results[number].SetResult($"r{number}");
            await TestHost.UntilAsync(
                async () =>
                    (await first.Store.ReadAsync(instance.Key))!.Journal.Any(record => record.Key.Name == $"r{number}"),
                $"r{number} to be recorded"
            );
        }

        await first.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await instance.SendEventAsync("go", 1);

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("r2,r0,r1");
    }

    [Fact]
    public async Task EV_07_EV08_a_received_event_is_not_received_again_and_a_stored_one_is_not_lost()
    {
        var script = new Script(
            async (step, _) =>
            {
                var one = await step.WaitForEventAsync<int>("one", "n");
                await step.SleepAsync("between", TimeSpan.FromHours(1));
                var two = await step.WaitForEventAsync<int>("two", "n");
                return $"{one.Payload},{two.Payload}";
            }
        );
        var first = await StartAsync(script);
        var instance = await first.Client<string, string>("script").CreateAsync("", "i-1");
        await instance.SendEventAsync("n", 1);
        await first.UntilPendingAsync(instance, "between");
        await instance.SendEventAsync("n", 2);
        await first.CrashAsync();

        var second = await StartAsync(script, first);
        instance = await second.Client<string, string>("script").GetAsync("i-1");
        await second.AdvanceToDueAsync(instance, "between");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("1,2");
    }

    [Fact]
    public async Task An_instance_that_ends_its_host_again_and_again_fails_with_recovery_exhausted()
    {
        var script = new Script(
            (step, script) =>
                step.DoAsync(
                    "killer",
                    _ =>
                    {
                        script.Count("killer");
                        return new TaskCompletionSource<string>().Task;
                    }
                )
        );
        var host = await StartAsync(script);
        await host.Client<string, string>("script").CreateAsync("", "i-1");
        for (var crash = 1; crash <= 5; crash++)
        {
            var expected = crash;
            await TestHost.UntilAsync(() => Task.FromResult(script["killer"] == expected), $"attempt {expected}");
            await host.CrashAsync();
            host = await StartAsync(script, host);
        }

        var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(new("script", "i-1")));

        ended.Status.ShouldBe(InstanceStatus.Errored);
        ended.Error!.Name.ShouldBe("recovery_exhausted");
        script["killer"].ShouldBe(5);
    }

    [Fact]
    public async Task An_instance_whose_workflow_is_not_known_here_waits_visibly_until_a_host_knows_it()
    {
        var script = new Script((_, _) => Task.FromResult("done"));
        var knows = await StartAsync(script);
        var key = new InstanceKey("script", "i-1");
        knows.Store.CrashAt = 2;
        await knows.Engine.CreateAsync(new(key));
        await TestHost.InTimeAsync(knows.Store.Crashed);
        await knows.CrashAsync();

        var ignorant = await StartAsync(script, knows, configure: _ => { });
        await TestHost.UntilAsync(
            async () => (await ignorant.Engine.GetAsync(key)).Status == InstanceStatus.Queued,
            "the instance to be queued"
        );
        ignorant.Time.Advance(TimeSpan.FromHours(1));
        (await ignorant.Engine.GetAsync(key)).Status.ShouldBe(InstanceStatus.Queued);
        var knowing = await StartAsync(script, ignorant);

        (await TestHost.InTimeAsync(knowing.Engine.WaitAsync(key))).Output<string>().ShouldBe("done");
    }

    [Fact]
    public async Task A_host_that_stops_lets_its_steps_finish_and_gives_its_instances_up()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync(
                    "slow",
                    async _ =>
                    {
                        script.Count("slow");
                        started.TrySetResult();
                        await finish.Task;
                    }
                );
                return await step.DoAsync("next", _ => Task.FromResult($"next={script.Count("next")}"));
            }
        );
        var first = await StartAsync(script);
        await first.Client<string, string>("script").CreateAsync("", "i-1");
        await TestHost.InTimeAsync(started.Task);

        var stopping = first.StopAsync();
        var runner = first.Services.GetRequiredService<IInstanceRunner>();
        await TestHost.UntilAsync(() => Task.FromResult(runner.Claimant is null), "the host to close");
        script["next"].ShouldBe(0);
        finish.SetResult();
        await TestHost.InTimeAsync(stopping);
        script["next"].ShouldBe(0);

        var second = await StartAsync(script, first);
        (await TestHost.InTimeAsync(second.Engine.WaitAsync(new("script", "i-1")))).Output<string>().ShouldBe("next=1");
        script["slow"].ShouldBe(1);
    }

    [Fact]
    public async Task A_living_host_takes_over_from_a_dead_one_by_itself()
    {
        var hang = true;
        var script = new Script(
            (step, script) =>
                step.DoAsync(
                    "s",
                    async _ =>
                    {
                        script.Count("s");
                        if (hang)
                        {
                            await new TaskCompletionSource().Task;
                        }

                        return "done";
                    }
                )
        );
        var first = await StartAsync(script);
        await first.Client<string, string>("script").CreateAsync("", "i-1");
        await TestHost.UntilAsync(() => Task.FromResult(script["s"] == 1), "the step to run");
        var second = await StartAsync(script, first);
        hang = false;
        await first.CrashAsync();
        await second.Store.ReleaseOrphansAsync(second.Time.GetUtcNow());

        var ended = second.Engine.WaitAsync(new("script", "i-1"));
        await TestHost.UntilAsync(
            () =>
            {
                second.Time.Advance(TimeSpan.FromMilliseconds(250));
                return Task.FromResult(ended.IsCompleted);
            },
            "the takeover"
        );

        (await ended).Output<string>().ShouldBe("done");
    }

    [Fact]
    public async Task SL_05_10000_sleepers_cost_little_memory_and_all_wake_after_a_restart_with_nobody_touching_them()
    {
        const int Sleepers = 10_000;
        var script = new Script(
            async (step, _) =>
            {
                await step.SleepAsync("long", TimeSpan.FromDays(30));
                return "awake";
            }
        );
        var first = await StartAsync(script);
        var client = first.Client<string, string>("script");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Sleepers),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (number, token) => await client.CreateAsync("", $"i-{number}", cancellationToken: token)
        );
        await TestHost.UntilAsync(
            async () =>
            {
                // Those that this host had no room for at first are queued, and nobody's.
                var queued = new InstanceQuery { Status = InstanceStatus.Queued, Limit = 1 };
                first.Time.Advance(TimeSpan.FromMilliseconds(250));
                return (await first.Store.ReadOwnedAsync(first.Nodes.Self)).Count == 0
                    && (await first.Store.ListAsync(queued)).Count == 0;
            },
            "all to sleep"
        );
        var after = GC.GetTotalMemory(forceFullCollection: true);
        (after - before).ShouldBeLessThan(100_000_000);
        await first.CrashAsync();

        var second = await StartAsync(script, first);
        second.Time.Advance(TimeSpan.FromDays(31));

        await TestHost.UntilAsync(
            async () =>
            {
                second.Time.Advance(TimeSpan.FromMilliseconds(250));
                var waiting = new InstanceQuery { Status = InstanceStatus.Waiting, Limit = 1 };
                return (await second.Store.ListAsync(waiting)).Count == 0;
            },
            "all to wake"
        );
        await TestHost.UntilAsync(
            async () => (await second.Store.ReadOwnedAsync(second.Nodes.Self)).Count == 0,
            "all to end"
        );
        var complete = 0;
        InstanceCursor? cursor = null;
        do
        {
            var page = await second.Engine.ListAsync(
                new()
                {
                    Limit = InstanceQuery.MaxLimit,
                    Status = InstanceStatus.Complete,
                    After = cursor,
                }
            );
            complete += page.Instances.Count;
            cursor = page.Next;
        } while (cursor is not null);

        complete.ShouldBe(Sleepers);
    }

    private static Script Journey() =>
        new(
            async (step, script) =>
            {
                var a = await step.DoAsync("a", Patient, _ => Task.FromResult(script.Count("a")));
                var flaky = await step.DoAsync(
                    "flaky",
                    Patient,
                    (context, _) =>
                        context.Attempt == 1 ? throw new HttpRequestException("once") : Task.FromResult(context.Attempt)
                );
                var parallel = await Task.WhenAll(
                    new[] { "b", "c" }.Select(name =>
                        step.DoAsync(name, Patient, _ => Task.FromResult($"{name}:{script.Count(name) > 0}"))
                    )
                );
                await step.SleepAsync("nap", TimeSpan.FromHours(1));
                var received = await step.WaitForEventAsync<string>("go");
                await step.DoAsync("d", Patient, _ => Task.FromResult(script.Count("d")));
                return $"a:{a > 0} flaky={flaky} {string.Join(",", parallel)} event={received.Payload}";
            }
        );

    /// <summary>The steps that have an outcome in the journal, read by a process that executes nothing.</summary>
    private async Task<List<string>> RecordedAsync()
    {
        var reader = await Data.OpenAsync();
        var history = await reader.Store.ReadAsync(new("script", "i-1"));
        await reader.Die();
        return
        [
            .. history
                ?.Journal.Where(record => record.Outcome != JournalOutcome.Pending && record.Key.Kind == JournalKind.Do)
                .Select(record => record.Key.Name)
                ?? [],
        ];
    }

    /// <summary>A caller that repeats its request after a crash, as its token allows.</summary>
    private static async Task CreateAsync(TestHost host) =>
        await host.Client<string, string>("script").CreateAsync("", "i-1", "token");

    /// <summary>Moves the clock and sends the event until the instance has ended.</summary>
    private static async Task DriveAsync(TestHost host)
    {
        var key = new InstanceKey("script", "i-1");
        var isSent = false;
        await TestHost.UntilAsync(
            async () =>
            {
                if (host.Store.Crashed.IsCompleted)
                {
                    return true;
                }

                if (await host.Store.ReadAsync(key) is not { } history)
                {
                    return false;
                }

                if (!isSent && !history.Record.Status.IsTerminal && history.Record.LastEvent == 0)
                {
                    await host.Engine.SendEventAsync(key, "go", "\"go\""u8.ToArray());
                    isSent = true;
                }

                // Fast only while the instance waits: a clock that runs ahead of a step in flight would time it out.
                var waits = history.Record.Status == InstanceStatus.Waiting;
                host.Time.Advance(waits ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(250));

                return history.Record.Status.IsTerminal;
            },
            "the end or the crash"
        );
    }
}
