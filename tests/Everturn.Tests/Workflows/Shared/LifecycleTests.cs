using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>Pause, resume, terminate and restart. Run for every store.</summary>
public abstract class LifecycleTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    private static StepOptions Patient { get; } = new() { Timeout = TimeSpan.FromDays(30) };

    [Fact]
    public async Task LC_01_a_step_in_flight_finishes_and_the_next_does_not_start_before_the_resume()
    {
        var gate = new Gate();
        var script = TwoSteps(gate);
        var (host, instance) = await RunAsync(script);
        await gate.Reached;

        await instance.PauseAsync();
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.WaitingForPause);
        gate.Open();
        await host.UntilStatusAsync(instance, InstanceStatus.Paused);

        script["second"].ShouldBe(0);
        (await host.Store.ReadAsync(instance.Key))!.Journal.Single().Outcome.ShouldBe(JournalOutcome.Value);
        await instance.ResumeAsync();
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("done");
        (script["first"], script["second"]).ShouldBe((1, 1));
    }

    [Fact]
    public async Task LC_02_all_parallel_steps_finish_before_the_pause_comes_about()
    {
        var (slow, slower) = (new Gate(), new Gate());
        var script = new Script(
            async (step, script) =>
            {
                var both = await Task.WhenAll(
                    step.DoAsync("slow", Patient, _ => PassAsync(slow, "1")),
                    step.DoAsync("slower", Patient, _ => PassAsync(slower, "2"))
                );
                return await step.DoAsync("after", _ => Counted(script, "after", string.Concat(both)));
            }
        );
        var (host, instance) = await RunAsync(script);
        await slow.Reached;
        await slower.Reached;

        await instance.PauseAsync();
        slow.Open();
        await TestHost.UntilAsync(
            async () => (await host.Store.ReadAsync(instance.Key))!.Journal.Count(Ended) == 1,
            "the faster step to be recorded"
        );
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.WaitingForPause);
        slower.Open();
        await host.UntilStatusAsync(instance, InstanceStatus.Paused);

        (await host.Store.ReadAsync(instance.Key))!.Journal.Count(Ended).ShouldBe(2);
        script["after"].ShouldBe(0);
    }

    [Fact]
    public async Task LC_03_a_resume_before_the_steps_end_takes_the_pause_back()
    {
        var gate = new Gate();
        var (_, instance) = await RunAsync(TwoSteps(gate));
        await gate.Reached;

        await instance.PauseAsync();
        await instance.ResumeAsync();
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Running);
        gate.Open();

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("done");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(3_600_000)]
    public async Task LC_04_LC_06_a_sleep_is_interrupted_at_once_and_ends_later_by_the_length_of_the_pause(int sleepMs)
    {
        var sleep = TimeSpan.FromMilliseconds(sleepMs);
        var script = new Script(
            async (step, _) =>
            {
                await step.SleepAsync("nap", sleep);
                return "awake";
            }
        );
        var (host, instance) = await RunAsync(script);
        var due = await host.UntilPendingAsync(instance, "nap");

        await instance.PauseAsync();
        await host.UntilStatusAsync(instance, InstanceStatus.Paused);
        host.Time.Advance(TimeSpan.FromDays(1));
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Paused);
        await instance.ResumeAsync();

        var record = (await host.Store.ReadAsync(instance.Key))!.Journal.Single();
        record.DueAt.ShouldBe(due.AddDays(1));
        await host.AdvanceToDueAsync(instance, "nap");
        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("awake");
    }

    [Fact]
    public async Task LC_05_EV_13_an_event_during_a_pause_is_kept_and_received_after_the_resume()
    {
        var (host, instance) = await RunAsync(WaitForOne());
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.PauseAsync();
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Paused);
        await instance.SendEventAsync("n", 7);
        (await instance.DescribeAsync()).PendingEvents.Single().Type.ShouldBe("n");
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Paused);
        await instance.ResumeAsync();

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("7");
    }

    [Fact]
    public async Task LC_05_a_paused_wait_receives_an_event_that_comes_after_the_resume()
    {
        var (host, instance) = await RunAsync(WaitForOne());
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.PauseAsync();
        await instance.ResumeAsync();
        await instance.SendEventAsync("n", 7);

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("7");
    }

    [Fact]
    public async Task LC_07_a_crash_while_a_pause_is_under_way_leaves_the_instance_paused()
    {
        var gate = new Gate();
        var script = TwoSteps(gate);
        var (first, instance) = await RunAsync(script);
        await gate.Reached;
        await instance.PauseAsync();
        await first.CrashAsync();

        var second = await StartAsync(script, first);
        var again = await second.Client<string, string>("script").GetAsync(instance.Id);
        (await again.StatusAsync()).Status.ShouldBe(InstanceStatus.Paused);
        script["first"].ShouldBe(1);
        gate.Open();
        await again.ResumeAsync();

        (await TestHost.InTimeAsync(again.ResultAsync<string>())).ShouldBe("done");
    }

    [Fact]
    public async Task LC_08_a_second_pause_and_a_resume_of_what_is_not_paused_have_no_effect()
    {
        var (host, instance) = await RunAsync(WaitForOne());
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.ResumeAsync();
        (await instance.StatusAsync()).Status.ShouldBe(InstanceStatus.Waiting);
        await instance.PauseAsync();
        var pausedAt = (await instance.StatusAsync()).PausedAt;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await instance.PauseAsync();

        (await instance.StatusAsync()).PausedAt.ShouldBe(pausedAt);
    }

    [Fact]
    public async Task A_pause_from_another_process_reaches_the_owner()
    {
        var gate = new Gate();
        var script = TwoSteps(gate);
        var (owner, instance) = await RunAsync(script);
        await gate.Reached;
        var other = await StartAsync(script, owner);

        await other.Engine.PauseAsync(instance.Key);
        gate.Open();

        await TestHost.UntilAsync(
            async () =>
            {
                owner.Time.Advance(TimeSpan.FromMilliseconds(50));
                return (await instance.StatusAsync()).Status is var status
                    && (status == InstanceStatus.Paused || status.IsTerminal);
            },
            "the pause"
        );
        // The second step may have begun before the owner heard of it; nothing of what it did is lost or doubled.
        await other.Engine.ResumeAsync(instance.Key);
        script["first"].ShouldBe(1);
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("errored")]
    [InlineData("terminated")]
    public async Task LC_10_an_ended_instance_cannot_be_terminated_or_paused(string status)
    {
        var (host, instance) = await RunAsync(EndsAs(), status);
        await EndAsync(host, instance, status);

        (await Should.ThrowAsync<InstanceFinishedException>(() => instance.TerminateAsync())).Message.ShouldBe(
            "(instance.cannot_terminate) Cannot terminate instance since its on a finite state"
        );
        await Should.ThrowAsync<InstanceFinishedException>(() => instance.TerminateAsync(new() { Rollback = true }));
        await Should.ThrowAsync<InstanceFinishedException>(() => instance.PauseAsync());
        await instance.ResumeAsync();
        (await instance.StatusAsync()).Status.Value.ShouldBe(status);
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("errored")]
    [InlineData("terminated")]
    [InlineData("waiting")]
    [InlineData("paused")]
    [InlineData("running")]
    public async Task LC_11_a_restart_runs_everything_again_with_the_original_payload(string status)
    {
        var gate = new Gate();
        var script = EndsAs(gate);
        var (host, instance) = await RunAsync(script, status);
        await EndAsync(host, instance, status, gate);
        var createdAt = (await instance.StatusAsync()).CreatedAt;
        var before = script["body"];
        host.Time.Advance(TimeSpan.FromMinutes(5));

        await instance.RestartAsync();

        await TestHost.UntilAsync(() => Task.FromResult(script["body"] > before), "the second run");
        gate.Open();
        var again = await instance.StatusAsync();
        again.CreatedAt.ShouldBe(createdAt);
        script["payload " + status].ShouldBe(script["body"]);
        await TestHost.UntilAsync(() => Task.FromResult(script["step"] >= 2), "the step to run again");
        await EndAsync(host, instance, status == "running" ? "complete" : status);
    }

    [Fact]
    public async Task LC_12_a_restart_from_a_step_keeps_what_came_before_it()
    {
        var script = ThreeSteps();
        var (_, instance) = await RunAsync(script);
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        await instance.RestartAsync(new() { From = new("b") });

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("a1b2c2");
        (script["a"], script["b"], script["c"]).ShouldBe((1, 2, 2));
    }

    [Fact]
    public async Task LC_13_a_restart_means_the_step_with_a_callback_unless_a_kind_is_given()
    {
        var script = new Script(
            async (step, script) =>
            {
                await step.DoAsync("before", _ => Counted(script, "before", ""));
                await step.SleepAsync("x", TimeSpan.FromMilliseconds(1));
                return await step.DoAsync("x", _ => Counted(script, "x", "end"));
            }
        );
        var (host, instance) = await RunAsync(script);
        await host.AdvanceToDueAsync(instance);
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        await instance.RestartAsync(new() { From = new("x") });
        await TestHost.InTimeAsync(instance.ResultAsync<string>());
        script["x"].ShouldBe(2);
        await instance.RestartAsync(new() { From = new("x", Kind: StepKind.Sleep) });
        await host.AdvanceToDueAsync(instance);
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        (script["before"], script["x"]).ShouldBe((1, 3));
    }

    [Fact]
    public async Task LC_14_a_restart_from_a_step_that_never_was_changes_nothing()
    {
        var (host, instance) = await RunAsync(ThreeSteps());
        await TestHost.InTimeAsync(instance.ResultAsync<string>());
        var before = await host.Store.ReadAsync(instance.Key);

        foreach (var from in new StepReference[] { new("nope"), new("a", 2), new("a", 1, StepKind.Sleep) })
        {
            (
                await Should.ThrowAsync<InstanceConflictException>(() => instance.RestartAsync(new() { From = from }))
            ).Message.ShouldBe($"(instance.cannot_restart) Step \"{from.Name}\" not found in execution history");
        }

        await Should.ThrowAsync<InvalidInputException>(() => instance.RestartAsync(new() { From = new("a", 0) }));
        var after = await host.Store.ReadAsync(instance.Key);
        (after!.Record.Status, after.Journal.Count).ShouldBe((before!.Record.Status, before.Journal.Count));
    }

    [Fact]
    public async Task LC_15_a_restart_can_begin_at_the_third_call_of_a_loop()
    {
        var script = new Script(
            async (step, script) =>
            {
                var all = "";
                for (var i = 0; i < 4; i++)
                {
                    all += await step.DoAsync("turn", context => Counted(script, "turn", "t"));
                }

                return all;
            }
        );
        var (_, instance) = await RunAsync(script);
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        await instance.RestartAsync(new() { From = new("turn", 3) });
        await TestHost.InTimeAsync(instance.ResultAsync<string>());

        script["turn"].ShouldBe(6);
    }

    [Fact]
    public async Task A_restart_forgets_events_that_no_wait_received()
    {
        var (host, instance) = await RunAsync(WaitForOne());
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
        await instance.SendEventAsync("other", 1);

        await instance.RestartAsync();
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        (await instance.DescribeAsync()).PendingEvents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Controls_of_an_unknown_instance_say_so()
    {
        var host = await StartAsync(ThreeSteps());
        var key = new InstanceKey("script", "nobody");
        Func<Task>[] controls =
        [
            () => host.Engine.PauseAsync(key),
            () => host.Engine.ResumeAsync(key),
            () => host.Engine.TerminateAsync(key),
            () => host.Engine.RestartAsync(key),
            () => host.Engine.DeleteAsync(key),
            () => host.Engine.DescribeAsync(key),
            () => host.Engine.SendEventAsync(key, "n", default),
            async () => await host.Engine.SubscribeAsync(key).GetAsyncEnumerator().MoveNextAsync(),
        ];
        foreach (var control in controls)
        {
            (await Should.ThrowAsync<InstanceNotFoundException>(control)).Message.ShouldBe(
                "(instance.not_found) Instance does not exist"
            );
        }
    }

    [Fact]
    public async Task Controls_of_an_instance_that_carries_a_run_name_the_sessions_routes()
    {
        var host = await StartAsync(ThreeSteps());
        var key = new InstanceKey("agent__writer", "agent__writer__s-1__turn__2");
        Func<Task>[] controls =
        [
            () => host.Engine.PauseAsync(key),
            () => host.Engine.ResumeAsync(key),
            () => host.Engine.TerminateAsync(key),
            () => host.Engine.RestartAsync(key),
            () => host.Engine.DeleteAsync(key),
        ];
        foreach (var control in controls)
        {
            (await Should.ThrowAsync<InstanceControlledElsewhereException>(control)).Message.ShouldContain(
                "/sessions/s-1/interrupt"
            );
        }
    }

    private static bool Ended(JournalRecord record) => record.Outcome == JournalOutcome.Value;

    private static async Task<string> PassAsync(Gate gate, string result)
    {
        await gate.PassAsync();
        return result;
    }

    private static Task<string> Counted(Script script, string what, string result)
    {
        script.Count(what);
        return Task.FromResult(result);
    }

    private static Script TwoSteps(Gate gate) =>
        new(
            async (step, script) =>
            {
                await step.DoAsync(
                    "first",
                    Patient,
                    async _ =>
                    {
                        script.Count("first");
                        await gate.PassAsync();
                    }
                );
                return await step.DoAsync("second", _ => Counted(script, "second", "done"));
            }
        );

    private static Script ThreeSteps() =>
        new(
            async (step, script) =>
            {
                var all = "";
                foreach (var name in new[] { "a", "b", "c" })
                {
                    all += await step.DoAsync(name, _ => Task.FromResult($"{name}{script.Count(name)}"));
                }

                return all;
            }
        );

    private static Script WaitForOne() =>
        new(
            async (step, _) =>
            {
                var received = await step.WaitForEventAsync<int>("one", "n");
                return $"{received.Payload}";
            }
        );

    /// <summary>Does what its payload says.</summary>
    private static Script EndsAs(Gate? gate = null)
    {
        Script? script = null;
        return script = new Script(
            async (step, trigger, _) =>
            {
                script!.Count("body");
                script.Count("payload " + trigger.Payload);
                await step.DoAsync("step", _ => Counted(script, "step", ""));
                return trigger.Payload switch
                {
                    "errored" => throw new InvalidOperationException("no"),
                    "complete" => "yes",
                    "running" => await step.DoAsync("held", Patient, _ => PassAsync(gate!, "yes")),
                    _ => $"{(await step.WaitForEventAsync<int>("one", "n")).Payload}",
                };
            }
        );
    }

    private static async Task EndAsync(TestHost host, WorkflowInstance instance, string status, Gate? gate = null)
    {
        if (status == "running")
        {
            await gate!.Reached;
            return;
        }

        if (status is "terminated" or "paused")
        {
            await host.UntilStatusAsync(instance, InstanceStatus.Waiting);
            await (status == "paused" ? instance.PauseAsync() : instance.TerminateAsync());
        }

        await host.UntilStatusAsync(instance, new InstanceStatus(status));
    }

    private async Task<(TestHost Host, WorkflowInstance Instance)> RunAsync(Script script, string payload = "")
    {
        var host = await StartAsync(script);
        return (host, await host.Client<string, string>("script").CreateAsync(payload, "i-1"));
    }
}
