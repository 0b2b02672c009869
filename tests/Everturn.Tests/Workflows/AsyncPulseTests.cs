using Everturn.Workflows;

namespace Everturn.Tests.Workflows;

public sealed class AsyncPulseTests
{
    [Fact]
    public async Task Signals_that_come_while_nobody_waits_count_once()
    {
        var pulse = new AsyncPulse();
        pulse.Set();
        pulse.Set();

        await pulse.WaitAsync(TestContext.Current.CancellationToken);
        var second = pulse.WaitAsync(TestContext.Current.CancellationToken);

        second.IsCompleted.ShouldBeFalse();
        pulse.Set();
        await second;
    }

    [Fact]
    public async Task A_signal_after_the_loop_was_cancelled_does_no_harm()
    {
        var pulse = new AsyncPulse();
        using var stop = new CancellationTokenSource();
        var loop = pulse.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => loop);

        Should.NotThrow(pulse.Set);
    }
}
