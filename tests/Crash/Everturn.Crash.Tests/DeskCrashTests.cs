using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>SIGKILL while an object's own code is in the middle of something.</summary>
public sealed class DeskCrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schedule_callback_that_was_killed_inside_runs_again_with_nobody_touching_the_object()
    {
        await using var harness = new CrashHarness(Hosts.Program());
        await harness.StartAsync(cancellationToken: Cancel);
        var desk = new DeskCase(harness, "held-fire");
        await desk.PostAsync("schedule", Cancel);
        await UntilEffectAsync(harness, "held-fire/fire", 1);

        await harness.KillAsync(Cancel);
        await harness.StartAsync(cancellationToken: Cancel);

        await UntilEffectAsync(harness, "held-fire/fire", 2);
        Hosts.Release(harness);
        var view = await desk.UntilAsync(view => view.Pending == 0, Cancel);
        view.Fired.ShouldBe(1);
    }

    [Fact]
    public async Task A_queue_that_was_half_drained_goes_on_where_it_was_with_nobody_touching_the_object()
    {
        await using var harness = new CrashHarness(Hosts.Program());
        await harness.StartAsync(cancellationToken: Cancel);
        var desk = new DeskCase(harness, "drained");
        await desk.PostAsync("queue?count=5&held=true", Cancel);
        await UntilEffectAsync(harness, "drained/2-held", 1);

        await harness.KillAsync(Cancel);
        await harness.StartAsync(cancellationToken: Cancel);

        await UntilEffectAsync(harness, "drained/2-held", 2);
        Hosts.Release(harness);
        (await desk.UntilAsync(view => view.Pending == 0, Cancel)).Steps.ShouldBe("01234");
        var ran = Hosts.Effects(harness).Count("end");
        ran["drained/0"].ShouldBe(1);
        ran["drained/1"].ShouldBe(1);
    }

    [Fact]
    public async Task An_acknowledged_write_is_there_after_a_kill_and_one_that_was_not_is_all_there_or_not_at_all()
    {
        await using var harness = new CrashHarness(Hosts.Program());
        await harness.StartAsync(cancellationToken: Cancel);
        var desk = new DeskCase(harness, "writes");
        for (var value = 1; value <= 6; value++)
        {
            await desk.PostAsync($"write?value={value}", Cancel);
            await harness.KillAsync(Cancel);

            (await desk.UntilAsync(_ => true, Cancel)).Value.ShouldBe(value);
        }
    }

    private static async Task UntilEffectAsync(CrashHarness harness, string key, int count)
    {
        while (Hosts.Effects(harness).Count("start").GetValueOrDefault(key) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }
    }
}
