namespace Everturn.Testing.Tests.Time;

public sealed class VirtualTimeProviderTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public async Task A_timer_that_is_set_for_now_fires_though_the_clock_stands_still()
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = _time.GetUtcNow();

        await using var timer = _time.CreateTimer(
            _ => fired.SetResult(),
            null,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan
        );

        await fired.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _time.GetUtcNow().ShouldBe(start);
        _time.PendingTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times_and_then_of_their_setting()
    {
        List<string> fired = [];
        await using var late = Timer("late", 3);
        await using var first = Timer("first", 1);
        await using var second = Timer("second", 1);
        await using var beyond = Timer("beyond", 4);

        _time.Advance(TimeSpan.FromSeconds(3));

        fired.ShouldBe(["first", "second", "late"]);
        _time.PendingTimers.ShouldBe(1);

        ITimer Timer(string name, int seconds) =>
            _time.CreateTimer(_ => fired.Add(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }
}
