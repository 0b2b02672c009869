using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>Moving the clock of a workflow test.</summary>
public sealed class ClockTests : WorkflowKitTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Advancing_stops_at_each_time_at_which_an_instance_wakes()
    {
        var times = new List<DateTimeOffset>();
        WorkflowTestHost? host = null;
        var script = new Script(
            async (step, _) =>
            {
                for (var i = 0; i < 4; i++)
                {
                    await step.SleepAsync("hour", TimeSpan.FromHours(1));
                    await step.DoAsync(
                        "look",
                        _ =>
                        {
                            times.Add(host!.Time.GetUtcNow());
                            return Task.CompletedTask;
                        }
                    );
                }

                return "";
            }
        );
        await using (host = await StartAsync(script))
        {
            var created = await CreateAsync(host);
            await host.AdvanceAsync(TimeSpan.FromHours(3.5), Token);

            times.ShouldBe([Start.AddHours(1), Start.AddHours(2), Start.AddHours(3)]);
            (await created.StatusAsync(Token)).WakeAt.ShouldBe(Start.AddHours(4));
            host.Time.GetUtcNow().ShouldBe(Start.AddHours(3.5));
        }
    }

    [Fact]
    public async Task Running_to_the_end_takes_no_time_however_long_the_instance_sleeps()
    {
        var script = new Script(
            async (step, _) =>
            {
                await step.SleepAsync("long", TimeSpan.FromDays(300));
                await step.SleepAsync("longer", TimeSpan.FromDays(365));
                return "done";
            }
        );
        await using var host = await StartAsync(script);

        (await host.RunAsync<string, string>("scripted", "", cancellationToken: Token)).ShouldBe("done");

        host.Time.GetUtcNow().ShouldBe(Start.AddDays(665));
    }

    [Fact]
    public async Task Schedules_fire_on_the_way()
    {
        var script = new Script((step, script) => step.DoAsync("tick", _ => script.DoAsync("tick")));
        await using var host = await WorkflowTestHost.StartAsync(
            e =>
                e.AddWorkflow<ScriptedWorkflow>(o => o.Schedules.Add(WorkflowSchedule.Create("0 6 * * *", "")))
                    .Services.AddSingleton(script),
            cancellationToken: Token
        );
        await using var all = host.IntrospectAll("scripted");

        await host.AdvanceAsync(TimeSpan.FromDays(3), Token);

        script["tick"].ShouldBe(3);
        all.Instances.Count.ShouldBe(3);
        (await all.Instances[2].DescribeAsync(Token)).Instance.Schedule!.ScheduledTime.ShouldBe(
            Start.AddDays(2).AddHours(6)
        );
    }

    [Fact]
    public async Task Advancing_waits_for_a_callback_and_says_which_one_does_not_return()
    {
        var gate = new TaskCompletionSource();
        var script = new Script(
            async (step, _) =>
            {
                await step.DoAsync("stuck", _ => gate.Task);
                return "free";
            }
        );
        await using var host = await StartAsync(script);
        host.Patience = TimeSpan.FromMilliseconds(1);
        await CreateAsync(host);

        var vain = await Should.ThrowAsync<TimeoutException>(() => host.AdvanceAsync(TimeSpan.FromHours(1), Token));
        vain.Message.ShouldStartWith("Waited in vain for every instance to end or to wait.");
        host.Time.GetUtcNow().ShouldBe(Start);

        host.Patience = TimeSpan.FromSeconds(30);
        gate.SetResult();
        await host.AdvanceAsync(TimeSpan.FromHours(1), Token);
        host.Time.GetUtcNow().ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public async Task An_attempt_times_out_when_the_test_moves_the_clock_itself()
    {
        var reached = new TaskCompletionSource();
        var options = new StepOptions
        {
            Timeout = TimeSpan.FromMinutes(5),
            Retries = new() { Limit = 0 },
        };
        var script = new Script(
            (step, _) =>
                step.DoAsync(
                    "hang",
                    options,
                    async token =>
                    {
                        reached.SetResult();
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                        return "";
                    }
                )
        );
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        await CreateAsync(host);
        await reached.Task.WaitAsync(Token);

        host.Time.Advance(TimeSpan.FromMinutes(5));

        await instance.WaitForStatusAsync(InstanceStatus.Errored, Token);
        (await instance.GetErrorAsync(Token)).Name.ShouldBe(WorkflowTimeoutException.StoredName);
    }
}
