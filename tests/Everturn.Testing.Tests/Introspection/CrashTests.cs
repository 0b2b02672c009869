using System.Collections.Concurrent;
using Everturn.Testing.Introspection;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Tests.Introspection;

/// <summary>Hosts that die at chosen positions of the journal.</summary>
public sealed class CrashTests : WorkflowKitTests
{
    private static Script TwoSteps() =>
        new(
            async (step, script) =>
            {
                var first = await step.DoAsync("first", _ => script.DoAsync("first"));
                await step.SleepAsync("rest", TimeSpan.FromHours(1));
                return $"{first}, {await step.DoAsync("second", _ => script.DoAsync("second"))}";
            }
        );

    [Theory]
    [InlineData(CrashMoment.BeforeWrite, 2)]
    [InlineData(CrashMoment.AfterWrite, 1)]
    public async Task A_crash_at_the_write_of_a_step_repeats_it_only_if_it_was_not_stored(CrashMoment moment, int runs)
    {
        var script = TwoSteps();
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => _ = moment == CrashMoment.BeforeWrite ? m.CrashBefore("first") : m.CrashAfter("first"),
            Token
        );
        await CreateAsync(host);

        var ended = await instance.RunToEndAsync(Token);

        ended.Output<string>().ShouldBe("real first, real second");
        (instance.Crashes, script["first"], script["second"]).ShouldBe((1, runs, 1));
    }

    [Fact]
    public async Task A_sweep_crashes_before_and_after_every_write_and_finds_the_same_end()
    {
        var script = TwoSteps();
        await using var host = await StartAsync(script);

        var sweep = await host.SweepCrashesAsync("scripted", "", cancellationToken: Token);

        sweep.EnsureSameEnd();
        sweep.Undisturbed.Instance.Output<string>().ShouldBe("real first, real second");
        sweep.Runs.Count.ShouldBeGreaterThanOrEqualTo(6);
        sweep.Runs.Select(run => run.Position).Distinct().ShouldBe(Enumerable.Range(1, sweep.Runs.Count / 2));
        sweep.Runs.ShouldAllBe(run => run.Details.Steps.Count == 3);
        // Once in each run, and once more in the runs that lost its outcome.
        script["first"].ShouldBe(1 + sweep.Runs.Count + 1);
    }

    [Fact]
    public async Task A_sweep_finds_code_that_does_not_come_to_the_same_end()
    {
        var memory = new ConcurrentBag<string>();
        var script = new Script(
            async (step, _) =>
            {
                memory.Clear();
                await step.DoAsync(
                    "remember",
                    _ =>
                    {
                        memory.Add("only in memory");
                        return Task.CompletedTask;
                    }
                );
                await step.DoAsync("more", _ => Task.CompletedTask);
                return string.Join(' ', memory);
            }
        );
        await using var host = await StartAsync(script);

        var sweep = await host.SweepCrashesAsync("scripted", "", cancellationToken: Token);

        // While nothing crashes, it looks well.
        sweep.Undisturbed.Instance.Output<string>().ShouldBe("only in memory");
        sweep.Different.ShouldNotBeEmpty();
        Should.Throw<ConformanceException>(sweep.EnsureSameEnd).Message.ShouldContain("changed the end");
    }

    [Fact]
    public async Task A_crash_by_hand_loses_nothing_that_was_stored_and_the_host_goes_on_as_another()
    {
        var script = TwoSteps();
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync("scripted", "i", cancellationToken: Token);
        await CreateAsync(host);
        await instance.WaitForStatusAsync(InstanceStatus.Waiting, Token);
        var (services, engine) = (host.Services, host.Engine);

        await host.CrashAsync();

        host.Services.ShouldNotBeSameAs(services);
        await Should.ThrowAsync<OwnershipLostException>(() => engine.GetAsync(instance.Key, Token));
        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("real first, real second");
        (script["first"], script["second"]).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_host_that_joins_takes_over_from_one_that_is_killed()
    {
        var script = TwoSteps();
        await using var first = await StartAsync(script);
        await using var second = await first.JoinAsync(Token);
        await using var instance = await second.IntrospectAsync("scripted", "i", cancellationToken: Token);
        await CreateAsync(first);
        await instance.WaitForStatusAsync(InstanceStatus.Waiting, Token);

        await first.KillAsync();

        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("real first, real second");
    }

    [Fact]
    public async Task Several_crashes_of_one_instance_happen_one_after_another()
    {
        var script = TwoSteps();
        await using var host = await StartAsync(script);
        await using var instance = await host.IntrospectAsync(
            "scripted",
            "i",
            m => m.CrashBefore("first").CrashAfter("rest").CrashBefore("second").CrashAfter("second"),
            Token
        );
        await CreateAsync(host);

        (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("real first, real second");

        instance.Crashes.ShouldBe(4);
    }

    [Fact]
    public async Task Two_instances_that_crash_their_host_at_once_both_go_on()
    {
        var script = TwoSteps();
        await using var host = await StartAsync(script);
        await using var all = host.IntrospectAll("scripted", m => m.CrashBefore("first").CrashBefore("second"));
        for (var i = 0; i < 5; i++)
        {
            await host.Engine.CreateAsync(
                new(new InstanceKey("scripted", $"i{i}")) { ParamsJson = "\"\""u8.ToArray() },
                Token
            );
            await host.SettleAsync(Token);
        }

        foreach (var instance in all.Instances)
        {
            (await instance.RunToEndAsync(Token)).Output<string>().ShouldBe("real first, real second");
            instance.Crashes.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Services_that_were_added_as_instances_outlive_a_crash()
    {
        var script = TwoSteps();
        await using var host = await StartAsync(script);

        await host.CrashAsync();

        host.Services.GetRequiredService<Script>().ShouldBeSameAs(script);
    }
}
