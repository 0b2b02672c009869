using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Workflows;

/// <summary>Sleeps and events. Run for every store.</summary>
public abstract class SleepAndEventTests(Func<IStoreUnderTest> open) : EngineTests(open)
{
    [Fact]
    public async Task SL_04_a_sleeper_is_waiting_out_of_memory_and_wakes_when_due()
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
    public async Task SL_02_sleeping_until_a_past_time_is_refused_but_not_on_replay()
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
    public async Task SL_03_sleeps_of_one_name_in_a_loop_are_distinct()
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
    public async Task EV_01_an_event_wakes_the_wait_for_its_type()
    {
        var host = await StartAsync(WaitsFor("approved"));
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilStatusAsync(instance, InstanceStatus.Waiting);

        await instance.SendEventAsync("other", "no");
        await instance.SendEventAsync("approved", "yes");

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("approved:yes");
    }

    [Fact]
    public async Task EV_04_waits_of_different_types_get_each_its_own_event()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    var all = new List<string>();
                    foreach (var type in new[] { "a", "b", "c" })
                    {
                        all.Add((await step.WaitForEventAsync<string>($"wait for {type}", type)).Payload);
                    }

                    return string.Join(' ', all);
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        foreach (var type in new[] { "c", "b", "a" })
        {
            await instance.SendEventAsync(type, $"for {type}");
        }

        (await TestHost.InTimeAsync(instance.ResultAsync<string>())).ShouldBe("for a for b for c");
    }

    [Fact]
    public async Task EV_06_an_event_of_a_type_that_nobody_waits_for_is_kept_and_satisfies_no_other_wait()
    {
        var host = await StartAsync(
            new Script(
                async (step, _) =>
                {
                    await step.WaitForEventAsync<int>("first", "known");
                    await step.WaitForEventAsync<int>("second", "known");
                    return "";
                }
            )
        );
        var instance = await host.Client<string, string>("script").CreateAsync("");
        await host.UntilPendingAsync(instance, "first");
        await instance.SendEventAsync("unknown", 1);
        await instance.SendEventAsync("known", 2);
        await host.UntilPendingAsync(instance, "second");

        (await instance.DescribeAsync()).PendingEvents.Single().Type.ShouldBe("unknown");
        (await instance.StatusAsync()).Status.IsTerminal.ShouldBeFalse();
        await instance.SendEventAsync("known", 3);
        await TestHost.InTimeAsync(instance.ResultAsync<string>());
    }

    [Fact]
    public async Task EV_05_events_sent_before_the_wait_are_kept_and_delivered_in_order()
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
    public async Task EV_03_EV09_EV10_a_wait_that_times_out_throws_and_does_not_swallow_the_next_event()
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
    public async Task EV_11_waits_of_one_type_are_served_in_the_order_they_were_asked_for()
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
    public async Task EV_12_events_to_ended_or_unknown_instances_are_refused()
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

    private static Script WaitsFor(string type) =>
        new(
            async (step, _) =>
            {
                var received = await step.WaitForEventAsync<string>("wait", type);
                return $"{received.Type}:{received.Payload}";
            }
        );
}
