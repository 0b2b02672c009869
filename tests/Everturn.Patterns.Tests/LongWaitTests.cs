using Everturn.Workflows;
using Patterns.LongWait;

namespace Everturn.Patterns.Tests;

public sealed class LongWaitTests : PatternTests
{
    [Fact]
    public async Task A_trial_ends_after_ninety_days_with_a_notice_a_week_before()
    {
        await using var host = await StartAsync<RunTrial>();
        await host.Client<string, string>("run-trial").CreateAsync("Ada", "t", cancellationToken: Token);

        await host.AdvanceAsync(TimeSpan.FromDays(82.9), Token);
        World.Done.ShouldBeEmpty();
        await host.AdvanceAsync(TimeSpan.FromDays(0.2), Token);
        World.Done.ShouldBe(["remind of 2026-04-01"]);
        await host.AdvanceAsync(TimeSpan.FromDays(7), Token);

        World.Done.ShouldBe(["remind of 2026-04-01", "close"]);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(85, 1)]
    public async Task A_purchase_ends_the_wait_before_and_after_the_notice(int days, int reminders)
    {
        await using var host = await StartAsync<RunTrial>();
        await using var instance = await host.IntrospectAsync("run-trial", "t", cancellationToken: Token);
        await host.Client<string, string>("run-trial").CreateAsync("Ada", "t", cancellationToken: Token);
        await host.AdvanceAsync(TimeSpan.FromDays(days), Token);

        await instance.Instance.SendEventAsync("bought", "gold", Token);

        await instance.WaitForStatusAsync(InstanceStatus.Complete, Token);
        (await instance.GetOutputAsync<string>(Token)).ShouldBe("bought gold");
        World.Done.Count.ShouldBe(reminders);
        (await instance.CheckDeterminismAsync(Token)).EnsureDeterministic();
    }

    [Fact]
    public async Task A_crash_at_any_time_changes_nothing()
    {
        await using var host = await StartAsync<RunTrial>();

        var sweep = await host.SweepCrashesAsync("run-trial", "Ada", cancellationToken: Token);

        sweep.EnsureSameEnd();
        sweep.Undisturbed.Instance.Output<string>().ShouldBe("ended");
        sweep.Runs.Count.ShouldBeGreaterThan(4);
    }
}
