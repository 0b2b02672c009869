using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Scheduling;

/// <summary>Schedules and the alarms that wake objects for them (Cloudflare Agents, scheduling; Durable Objects, alarms).</summary>
public sealed class ScheduleTests : WorkerTests
{
    [Fact]
    public async Task DO_14_A_delayed_callback_runs_once_and_not_early()
    {
        var schedule = await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(10), "record", "hello"));
        schedule.Type.ShouldBe(ScheduleType.Delayed);
        schedule.Time.ShouldBe(Time.GetUtcNow() + TimeSpan.FromSeconds(10));
        schedule.Id.Length.ShouldBe(9);

        Time.Advance(TimeSpan.FromSeconds(9.9));
        Script.Count("w hello").ShouldBe(0);
        await UntilAsync("w hello", 1);

        Time.Advance(TimeSpan.FromMinutes(5));
        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(0);
        Script.Count("w hello").ShouldBe(1);
    }

    [Fact]
    public async Task DO_21_Overdue_callbacks_run_after_a_restart_and_wake_only_objects_that_have_some()
    {
        await Get("due").CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "late"));
        await Get("later").CallAsync(agent => agent.Schedules.Add(TimeSpan.FromDays(1), "record", "later"));
        await Get("none").CallAsync(agent => agent.Storage.Put("k", 1));
        var starts = Script.Notes.Count;

        await RestartAsync(() => Time.Advance(TimeSpan.FromHours(1)));

        await Eventually.IsAsync(() => Script.Count("due late") == 1);
        Script.Notes.Skip(starts).ShouldBe(["start due", "due late"]);
    }

    [Fact]
    public async Task A_callback_at_a_time_of_the_past_runs_at_once_and_gets_its_schedule()
    {
        AgentSchedule? seen = null;
        Script.Act = (_, _, call) =>
        {
            seen = call.Schedule;
            return Task.CompletedTask;
        };
        var schedule = await Get().CallAsync(agent => agent.Schedules.Add(Time.GetUtcNow().AddDays(-1), "act", "x"));

        await Eventually.IsAsync(() => seen is not null);

        seen!.Id.ShouldBe(schedule.Id);
        seen.Type.ShouldBe(ScheduleType.Scheduled);
    }

    [Fact]
    public async Task DO_15_One_that_is_cancelled_and_set_again_in_its_own_callback_runs_once_more()
    {
        Script.Act = (agent, what, call) =>
        {
            Script.Note(what);
            if (Script.Count(what) == 1)
            {
                agent.Schedules.Cancel(call.Schedule!.Id).ShouldBeTrue();
                var second = agent.Schedules.Add(TimeSpan.FromSeconds(1), "act", what);
                agent.Schedules.Cancel(second.Id).ShouldBeTrue();
                agent.Schedules.Add(TimeSpan.FromSeconds(1), "act", what);
            }

            return Task.CompletedTask;
        };
        await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "act", "again"));

        await Host.AdvanceUntilAsync(() => Task.FromResult(Script.Count("again") == 2));

        await Eventually.IsAsync(async () => await Get().CallAsync(agent => agent.Schedules.List().Count) == 0);
        Time.Advance(TimeSpan.FromMinutes(1));
        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(0);
        Script.Count("again").ShouldBe(2);
    }

    [Fact]
    public async Task Cancel_is_true_once_and_the_callback_never_runs()
    {
        var id = (await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "x"))).Id;

        (await Get().CallAsync(agent => agent.Schedules.Cancel(id))).ShouldBeTrue();
        (await Get().CallAsync(agent => agent.Schedules.Cancel(id))).ShouldBeFalse();
        (await Get().CallAsync(agent => agent.Schedules.Find(id))).ShouldBeNull();
        Time.Advance(TimeSpan.FromMinutes(1));
        await Get().CallAsync(agent => agent.Field);
        Script.Count("w x").ShouldBe(0);
    }

    [Fact]
    public async Task An_interval_goes_on_after_a_throw_and_a_cron_by_the_minute()
    {
        var failures = 1;
        Script.Options = new() { Retry = new() { MaxAttempts = 1 } };
        Script.Act = (agent, what, _) =>
        {
            Script.Note(what);
            return failures-- > 0 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        };
        await Get()
            .CallAsync(agent =>
            {
                agent.Schedules.AddEvery(TimeSpan.FromSeconds(20), "act", "tick");
                agent.Schedules.AddCron("* * * * *", "act", "minute");
            });

        await UntilAsync("tick", 3);
        await UntilAsync("minute", 2);

        Script.Notes.ShouldContain("error once");
        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(2);
    }

    [Fact]
    public async Task Failing_callbacks_are_retried_and_then_given_up()
    {
        Script.Act = (_, what, _) =>
        {
            Script.Note(what);
            throw new InvalidOperationException("always");
        };
        await Get()
            .CallAsync(agent =>
                agent.Schedules.Add(
                    TimeSpan.Zero,
                    "act",
                    "try",
                    new()
                    {
                        Retry = new()
                        {
                            MaxAttempts = 4,
                            BaseDelay = TimeSpan.FromMilliseconds(10),
                            MaxDelay = TimeSpan.FromMilliseconds(20),
                        },
                    }
                )
            );

        await UntilAsync("error always", 1);

        Script.Count("try").ShouldBe(4);
        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(0);
    }

    [Fact]
    public async Task A_hanging_callback_does_not_hold_up_the_others_and_is_not_started_twice()
    {
        var gate = new TaskCompletionSource();
        Script.Act = async (_, what, _) =>
        {
            Script.Note(what);
            await gate.Task;
        };
        await Get()
            .CallAsync(agent =>
            {
                agent.Schedules.AddEvery(TimeSpan.FromSeconds(1), "act", "hangs");
                agent.Schedules.Add(TimeSpan.FromSeconds(2), "record", "other");
            });

        await UntilAsync("w other", 1);
        Time.Advance(TimeSpan.FromMinutes(2));
        Script.Count("hangs").ShouldBe(1);
        Host.Log.Count(2325).ShouldBeGreaterThan(0);

        gate.SetResult();
        await UntilAsync("hangs", 2);
    }

    [Theory]
    [InlineData(null, false, 2)]
    [InlineData(true, false, 1)]
    [InlineData(false, false, 2)]
    [InlineData(true, true, 2)]
    public async Task Delayed_schedules_are_one_if_said_so_and_their_payloads_are_equal(
        bool? idempotent,
        bool otherPayload,
        int expected
    ) =>
        (
            await Get()
                .CallAsync(agent =>
                {
                    var options = new ScheduleOptions { Idempotent = idempotent };
                    agent.Schedules.Add(TimeSpan.FromHours(1), "record", "a", options);
                    agent.Schedules.Add(TimeSpan.FromHours(1), "record", otherPayload ? "b" : "a", options);
                    return agent.Schedules.List().Count;
                })
        ).ShouldBe(expected);

    [Fact]
    public async Task Cron_schedules_are_one_unless_said_otherwise_and_intervals_always_are()
    {
        await Get()
            .CallAsync(agent =>
            {
                var first = agent.Schedules.AddCron("0 0 * * *", "record", "a");
                agent.Schedules.AddCron("0 0 * * *", "record", "a").Id.ShouldBe(first.Id);
                agent.Schedules.AddCron("0 1 * * *", "record", "a").Id.ShouldNotBe(first.Id);
                agent
                    .Schedules.AddCron("0 0 * * *", "record", "a", new() { Idempotent = false })
                    .Id.ShouldNotBe(first.Id);
                var every = agent.Schedules.AddEvery(TimeSpan.FromHours(1), "record", "a");
                agent.Schedules.AddEvery(TimeSpan.FromHours(1), "record", "a").Id.ShouldBe(every.Id);
                agent.Schedules.AddEvery(TimeSpan.FromHours(2), "record", "a").Id.ShouldNotBe(every.Id);
                agent.Schedules.List(new() { Type = ScheduleType.Interval }).Count.ShouldBe(2);
                agent.Schedules.List(new() { Until = Time.GetUtcNow().AddHours(1) }).Count.ShouldBe(2);
            });
    }

    [Fact]
    public async Task Bad_schedules_are_refused_and_nothing_is_stored()
    {
        await Get()
            .CallAsync(agent =>
            {
                Field(() => agent.Schedules.Add(TimeSpan.Zero, "missing", "x")).ShouldBe("callback");
                Field(() => agent.Schedules.Add(TimeSpan.Zero, "", "x")).ShouldBe("callback");
                Field(() => agent.Schedules.AddCron("nonsense", "record", "x")).ShouldBe("cron");
                Field(() => agent.Schedules.AddEvery(TimeSpan.Zero, "record", "x")).ShouldBe("interval");
                Field(() => agent.Schedules.AddEvery(TimeSpan.FromDays(31), "record", "x")).ShouldBe("interval");
                Field(() =>
                        agent.Schedules.Add(TimeSpan.Zero, "record", "x", new() { Retry = new() { MaxAttempts = 0 } })
                    )
                    .ShouldBe("retry.maxAttempts");
                agent.Schedules.List().ShouldBeEmpty();
            });

        static string Field(Action action) => Should.Throw<InvalidInputException>(action).Field;
    }

    [Fact]
    public async Task Scheduling_in_the_start_hook_without_a_decision_warns_once_for_each_callback()
    {
        Script.OnStart = agent =>
        {
            agent.Schedules.Add(TimeSpan.FromHours(1), "record", "a");
            agent.Schedules.Add(TimeSpan.FromHours(1), "record", "b");
            agent.Schedules.Add(TimeSpan.FromHours(1), "act", "c", new() { Idempotent = true });
            return Task.CompletedTask;
        };

        await Get().CallAsync(_ => 1);

        Host.Log.Count(2322).ShouldBe(1);
    }

    [Fact]
    public async Task Ten_due_schedules_of_one_callback_are_warned_of()
    {
        await Get()
            .CallAsync(agent =>
            {
                for (var i = 0; i < 10; i++)
                {
                    agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "many");
                }
            });

        await UntilAsync("w many", 10);

        Host.Log.Count(2323).ShouldBe(1);
    }

    [Fact]
    public async Task A_callback_that_the_code_no_longer_has_keeps_its_schedule()
    {
        await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "x"));
        await Get().CallAsync(agent => agent.Query($"UPDATE cf_agents_schedules SET callback = {"removed"}"));

        await Host.AdvanceUntilAsync(() => Task.FromResult(Host.Log.Count(2324) > 0));

        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(1);
    }

    [Fact]
    public async Task DO_18_An_alarm_and_the_data_commit_or_roll_back_together()
    {
        await Get()
            .CallAsync(agent =>
                Should.Throw<InvalidOperationException>(() =>
                    agent.Storage.Transaction(() =>
                    {
                        agent.Storage.Put("k", 1);
                        agent.Schedules.Add(TimeSpan.FromSeconds(1), "record", "undone");
                        throw new InvalidOperationException();
                    })
                )
            );
        Time.Advance(TimeSpan.FromMinutes(1));

        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(0);
        Script.Count("w undone").ShouldBe(0);
    }

    [Fact]
    public async Task An_object_that_is_destroyed_in_its_callback_is_gone()
    {
        Script.Act = (agent, _, _) =>
        {
            Script.Note("destroyed");
            return agent.DestroyAsync();
        };
        await Get().CallAsync(agent => agent.Schedules.Add(TimeSpan.FromSeconds(1), "act", "x"));

        await UntilAsync("destroyed", 1);
        await Eventually.IsAsync(() => Data.ObjectFiles.Length == 0);

        Time.Advance(TimeSpan.FromMinutes(10));
        (await Get().CallAsync(agent => agent.Schedules.List().Count)).ShouldBe(0);
        Script.Count("destroyed").ShouldBe(1);
    }

    private Task UntilAsync(string note, int count) =>
        Host.AdvanceUntilAsync(() => Task.FromResult(Script.Count(note) >= count));
}
