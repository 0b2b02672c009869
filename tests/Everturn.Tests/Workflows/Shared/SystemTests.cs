using System.Collections.Concurrent;
using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

/// <summary>Many instances, schedules, retention, the log. Run for every store.</summary>
public abstract class SystemTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task SY_01_of_1000_instances_never_more_than_the_limit_run_and_they_start_in_order()
    {
        const int Limit = 8;
        var (started, running, most) = (new ConcurrentQueue<int>(), 0, 0);
        var script = new Script(
            async (step, trigger, _) =>
            {
                started.Enqueue(int.Parse(trigger.Payload));
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await step.DoAsync("work", _ => Task.CompletedTask);
                Interlocked.Decrement(ref running);
                return "";
            }
        );
        var host = await StartAsync(
            script,
            configure: builder => builder.AddWorkflow<ScriptedWorkflow>(o => o.ConcurrencyLimit = Limit)
        );
        var client = host.Client<string, string>("script");
        for (var batch = 0; batch < 10; batch++)
        {
            var created = await client.CreateBatchAsync([
                .. Enumerable.Range(batch * 100, 100).Select(i => new WorkflowBatchItem<string>($"{i}", $"i-{i:0000}")),
            ]);
            created.Count.ShouldBe(100);
            host.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await TestHost.UntilAsync(
            async () => (await host.Engine.CountAsync("script")).GetValueOrDefault(InstanceStatus.Complete) == 1_000,
            "all to be complete"
        );

        most.ShouldBeLessThanOrEqualTo(Limit);
        // They are taken in order; how soon the body of each begins is up to the threads.
        started.Index().ShouldAllBe(pair => Math.Abs(pair.Item - pair.Index) < 200);
    }

    [Fact]
    public async Task SY_01_the_surplus_is_queued_and_waiting_instances_do_not_count()
    {
        var gate = new Gate();
        var script = new Script(
            async (step, trigger, _) =>
            {
                if (trigger.Payload == "sleep")
                {
                    await step.SleepAsync("long", TimeSpan.FromHours(1));
                }

                await step.DoAsync(
                    "held",
                    new() { Timeout = TimeSpan.FromDays(30) },
                    async _ => await gate.PassAsync()
                );
                return "";
            }
        );
        var host = await StartAsync(
            script,
            configure: builder => builder.AddWorkflow<ScriptedWorkflow>(o => o.ConcurrencyLimit = 1)
        );
        var client = host.Client<string, string>("script");
        var sleeper = await client.CreateAsync("sleep", "sleeper");
        await host.UntilStatusAsync(sleeper, InstanceStatus.Waiting);
        var held = await client.CreateAsync("", "held");
        await gate.Reached;
        var queued = await client.CreateAsync("", "queued");

        (await host.Engine.CountAsync("script")).ShouldBe(
            new Dictionary<InstanceStatus, long>
            {
                [InstanceStatus.Waiting] = 1,
                [InstanceStatus.Running] = 1,
                [InstanceStatus.Queued] = 1,
            },
            ignoreOrder: true
        );
        gate.Open();
        await TestHost.InTimeAsync(held.ResultAsync<string>());
        await TestHost.InTimeAsync(queued.ResultAsync<string>());
    }

    [Fact]
    public async Task SY_02_ended_instances_are_removed_when_their_retention_is_over_and_their_ids_are_free()
    {
        var script = new Script(
            (_, trigger, _) =>
                trigger.Payload == "fail" ? throw new InvalidOperationException("no") : Task.FromResult("ok")
        );
        var host = await StartAsync(
            script,
            configure: builder =>
                builder
                    .ConfigureWorkflows(o => o.SweepInterval = TimeSpan.FromSeconds(1))
                    .AddWorkflow<ScriptedWorkflow>(o =>
                        o.Retention = new() { Success = TimeSpan.FromHours(1), Error = TimeSpan.FromHours(3) }
                    )
        );
        var client = host.Client<string, string>("script");
        var good = await client.CreateAsync("", "good");
        var bad = await client.CreateAsync("fail", "bad");
        var kept = await client.CreateAsync(
            "",
            new WorkflowCreateOptions { Id = "kept", Retention = InstanceRetention.Forever }
        );
        foreach (var instance in new[] { good, bad, kept })
        {
            await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));
        }

        (await good.StatusAsync()).ExpiresAt.ShouldBe((await good.StatusAsync()).EndedAt!.Value.AddHours(1));
        host.Time.Advance(TimeSpan.FromHours(2));
        await GoneAsync(host, good.Key);
        (await bad.StatusAsync()).Status.ShouldBe(InstanceStatus.Errored);
        host.Time.Advance(TimeSpan.FromHours(2));
        await GoneAsync(host, bad.Key);
        host.Time.Advance(TimeSpan.FromDays(2));
        await client.CreateAsync("", "good");

        (await kept.StatusAsync()).ExpiresAt.ShouldBeNull();
    }

    [Fact]
    public async Task SY_03_a_schedule_makes_one_instance_of_each_firing_also_with_two_hosts_and_after_a_crash()
    {
        var firings = new ConcurrentQueue<ScheduleFiring>();
        var script = new Script(
            (_, trigger, _) =>
            {
                firings.Enqueue(trigger.Schedule!);
                return Task.FromResult(trigger.Payload);
            }
        );
        void Configure(EverturnBuilder builder) =>
            builder.AddWorkflow<ScriptedWorkflow>(o =>
                o.Schedules.Add(WorkflowSchedule.Create("*/30 * * * *", "payload"))
            );
        var first = await StartAsync(script, configure: Configure);
        var second = await StartAsync(script, first, configure: Configure);
        await TestHost.UntilAsync(
            async () => await first.Store.LastFiringAsync("script", "*/30 * * * *") is not null,
            "the schedule to be known"
        );

        var begin = first.Time.GetUtcNow();
        first.Time.Advance(TimeSpan.FromMinutes(30));
        await CountedAsync(first, 1);
        first.Time.Advance(TimeSpan.FromMinutes(30));
        await CountedAsync(first, 2);
        await first.CrashAsync();
        await second.CrashAsync();
        second.Time.Advance(TimeSpan.FromMinutes(100));
        var third = await StartAsync(script, second, configure: Configure);
        await CountedAsync(third, 3);

        DateTimeOffset[] times = [begin.AddMinutes(30), begin.AddMinutes(60), begin.AddMinutes(150)];
        firings.Select(firing => firing.ScheduledTime).Distinct().Order().ShouldBe(times);
        var page = await third.Engine.ListAsync(new() { Workflow = "script" });
        page.Instances.Select(instance => instance.Key.Id)
            .Order(StringComparer.Ordinal)
            .ShouldBe(times.Select(time => $"*/30 * * * *-{time.ToUnixTimeMilliseconds()}"));
        page.Instances.ShouldAllBe(instance =>
            instance.Trigger == InstanceTrigger.Schedule && instance.Schedule!.Cron == "*/30 * * * *"
        );
    }

    [Fact]
    public async Task One_hundred_senders_lose_no_event_and_double_none()
    {
        const int Senders = 100;
        var script = new Script(
            async (step, _) =>
            {
                var all = new List<int>();
                for (var i = 0; i < Senders; i++)
                {
                    all.Add((await step.WaitForEventAsync<int>("next", "n")).Payload);
                }

                return string.Join(',', all.Order());
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(i => Task.Run(() => instance.SendEventAsync("n", i))));

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe(
            string.Join(',', Enumerable.Range(0, Senders))
        );
    }

    [Fact]
    public async Task One_hundred_poisoned_instances_do_not_hold_up_one_hundred_healthy_ones()
    {
        var script = new Script(
            async (step, trigger, cancellationToken) =>
            {
                switch (trigger.Payload)
                {
                    case "throw":
                        throw new InvalidOperationException("poison");
                    case "throw in a step":
                        await step.DoAsync("throw", _ => throw new NonRetryableException("poison"));
                        break;
                    case "hang":
                        await step.DoAsync("hang", ct => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct));
                        break;
                    case "hang, deaf to its token":
                        await step.DoAsync("hang", _ => new TaskCompletionSource().Task);
                        break;
                    case "hang outside of steps":
                        await new TaskCompletionSource().Task;
                        break;
                    case "allocate":
                        await step.DoAsync("allocate", _ => Task.FromResult(new byte[2_000_000]));
                        break;
                    case "loop":
                        while (true)
                        {
                            await step.DoAsync("again", _ => Task.CompletedTask);
                        }
                }

                return await step.DoAsync("work", _ => Task.FromResult("healthy"));
            }
        );
        var host = await StartAsync(
            script,
            configure: builder => builder.AddWorkflow<ScriptedWorkflow>(o => o.StepLimit = 100)
        );
        var client = host.Client<string, string>("script");
        string[] hanging = ["hang", "hang, deaf to its token", "hang outside of steps"];
        string[] poisons = ["throw", "throw in a step", "allocate", "loop", .. hanging];
        var poisoned = new List<(string Poison, WorkflowInstance Instance)>();
        for (var i = 0; i < 100; i++)
        {
            var poison = poisons[i % poisons.Length];
            poisoned.Add((poison, await client.CreateAsync(poison)));
        }

        var healthy = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.CreateAsync("")));

        foreach (var instance in healthy)
        {
            (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("healthy");
        }

        foreach (var (poison, instance) in poisoned)
        {
            if (hanging.Contains(poison))
            {
                await instance.TerminateAsync();
            }

            var ended = await TestHost.InTimeAsync(host.Engine.WaitAsync(instance.Key));
            ended.Status.ShouldBe(hanging.Contains(poison) ? InstanceStatus.Terminated : InstanceStatus.Errored);
        }
    }

    [Fact]
    public async Task SU_01_a_subscription_gives_history_then_what_happens_and_goes_on_from_its_cursor()
    {
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("one", _ => Task.FromResult(1));
                await step.DoAsync("secret", new() { Sensitive = true }, _ => Task.FromResult(2));
                await step.WaitForEventAsync<int>("go", "n");
                return "end";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("", "i-1");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        var seen = new List<InstanceLogEvent>();
        await using (var live = instance.SubscribeAsync().GetAsyncEnumerator())
        {
            while (seen.Count == 0 || seen[^1].Type != InstanceLogEventType.WorkflowWaiting)
            {
                (await TestHost.InTimeAsync(live.MoveNextAsync().AsTask())).ShouldBeTrue();
                seen.Add(live.Current);
            }

            var next = live.MoveNextAsync().AsTask();
            next.IsCompleted.ShouldBeFalse();
            await instance.SendEventAsync("n", 1);
            while (await TestHost.InTimeAsync(next))
            {
                seen.Add(live.Current);
                next = live.MoveNextAsync().AsTask();
            }
        }

        seen.Select(logged => logged.Type.Value)
            .ShouldBe([
                "workflow_queued",
                "workflow_started",
                "workflow_running",
                "step_started",
                "attempt_started",
                "attempt_completed",
                "step_completed",
                "step_started",
                "attempt_started",
                "attempt_completed",
                "step_completed",
                "wait_started",
                "workflow_waiting",
                "workflow_running",
                "wait_completed",
                "workflow_completed",
            ]);
        seen.Select(logged => logged.EventId).ShouldBe(Enumerable.Range(1, seen.Count).Select(id => (long)id));
        Text(seen[6].OutputJson).ShouldBe("1");
        Text(seen[10].OutputJson).ShouldBe("\"[REDACTED]\"");
        Text(seen[^1].OutputJson).ShouldBe("\"end\"");
        (await AllAsync(instance, new() { Cursor = 10 })).Select(logged => logged.EventId).First().ShouldBe(11);
        (await AllAsync(instance, new() { Types = [InstanceLogEventType.StepCompleted] }))
            .Select(logged => logged.StepName)
            .ShouldBe(["one", "secret"]);
        (await AllAsync(instance, new() { Cursor = 1_000 })).ShouldBeEmpty();
        await Should.ThrowAsync<InvalidInputException>(() => AllAsync(instance, new() { Cursor = -1 }));
    }

    [Fact]
    public async Task Progress_shows_a_step_that_is_under_way_with_its_attempts()
    {
        var gate = new Gate();
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync("done", _ => Task.FromResult("r"));
                await step.DoAsync(
                    "slow",
                    new()
                    {
                        Timeout = TimeSpan.FromDays(1),
                        Retries = new() { Delay = TimeSpan.Zero },
                    },
                    async _ =>
                    {
                        if (script.Count("slow") == 1)
                        {
                            throw new InvalidOperationException("once");
                        }

                        await gate.PassAsync();
                    }
                );
                return "";
            }
        );
        var host = await StartAsync(script);
        var instance = await host.Client<string, string>("script").CreateAsync("p", "i-1");
        await gate.Reached;
        InstanceDetails? details = null;
        await TestHost.UntilAsync(
            async () =>
            {
                host.Time.Advance(TimeSpan.FromMilliseconds(100));
                details = await instance.DescribeAsync();
                return details.Steps is [_, { Status: StepStatus.Running, Attempts.Count: 2 }];
            },
            "the slow step to be seen"
        );

        Text(details!.ParamsJson).ShouldBe("\"p\"");
        details.Steps[0].Status.ShouldBe(StepStatus.Completed);
        Text(details.Steps[0].OutputJson).ShouldBe("\"r\"");
        details.Steps[1].Attempts[0].Error.ShouldBe(new InstanceError("InvalidOperationException", "once"));
        details.Steps[1].Attempts[1].EndedAt.ShouldBeNull();
        gate.Open();
    }

    [Fact]
    public async Task Lists_are_filtered_by_status_id_and_time()
    {
        var script = new Script(
            async (step, trigger, _) =>
            {
                if (trigger.Payload == "wait")
                {
                    await step.WaitForEventAsync<int>("one", "n");
                }

                return "";
            }
        );
        var host = await StartAsync(script);
        var client = host.Client<string, string>("script");
        var waiting = await client.CreateAsync("wait", "a-1");
        await host.UntilStatusAsync(waiting, InstanceStatus.Waiting);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var middle = host.Time.GetUtcNow();
        await TestHost.InTimeAsync(client.RunAsync("", "a-2"));
        await TestHost.InTimeAsync(client.RunAsync("", "b_1"));

        (await IdsAsync(client, new() { Status = InstanceStatus.Waiting })).ShouldBe(["a-1"]);
        (await IdsAsync(client, new() { IdPrefix = "a-" })).ShouldBe(["a-2", "a-1"]);
        (await IdsAsync(client, new() { IdPrefix = "b%" })).ShouldBeEmpty();
        (await IdsAsync(client, new() { CreatedFrom = middle })).ShouldBe(["b_1", "a-2"]);
        (await IdsAsync(client, new() { CreatedBefore = middle })).ShouldBe(["a-1"]);
    }

    private static async Task<IEnumerable<string>> IdsAsync(
        IWorkflowClient<string, string> client,
        InstanceQuery query
    ) => (await client.ListAsync(query)).Instances.Select(instance => instance.Key.Id);

    private static async Task<List<InstanceLogEvent>> AllAsync(WorkflowInstance instance, SubscribeOptions options)
    {
        var all = new List<InstanceLogEvent>();
        await foreach (var logged in instance.SubscribeAsync(options))
        {
            all.Add(logged);
        }

        return all;
    }

    private static string Text(ReadOnlyMemory<byte>? json) => System.Text.Encoding.UTF8.GetString(json!.Value.Span);

    private static Task CountedAsync(TestHost host, long count) =>
        TestHost.UntilAsync(
            async () => (await host.Engine.CountAsync("script")).GetValueOrDefault(InstanceStatus.Complete) == count,
            $"{count} instances to be complete"
        );

    private static Task GoneAsync(TestHost host, InstanceKey key) =>
        TestHost.UntilAsync(
            async () =>
            {
                // The sweeper may have set its timer only now.
                host.Time.Advance(TimeSpan.FromMilliseconds(100));
                return await host.Store.FindAsync(key) is null;
            },
            $"{key} to be gone"
        );

    private static void InterlockedMax(ref int most, int value)
    {
        var seen = Volatile.Read(ref most);
        while (value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            seen = Volatile.Read(ref most);
        }
    }
}
