using Everturn.Testing;

namespace Everturn.Tests.Common;

public sealed class PollTests
{
    private readonly VirtualTimeProvider _time = new();
    private int _looks;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_looks_at_once_and_asks_no_more_when_it_is_done()
    {
        (await Poll.UntilAsync(Options(doneAt: 1), Token)).ShouldBe("done");

        _looks.ShouldBe(1);
    }

    [Fact]
    public async Task It_looks_at_every_interval()
    {
        var polling = Poll.UntilAsync(Options(doneAt: 3), Token);
        _looks.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(2));
        await LooksAsync(2);
        _time.Advance(TimeSpan.FromSeconds(2));

        (await polling).ShouldBe("done");
    }

    [Fact]
    public async Task It_looks_a_last_time_when_the_time_is_up()
    {
        var polling = Poll.UntilAsync(Options(doneAt: 9) with { Timeout = TimeSpan.FromSeconds(3) }, Token);

        _time.Advance(TimeSpan.FromSeconds(2));
        await LooksAsync(2);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<TimeoutException>(polling);
        _looks.ShouldBe(3);
    }

    [Fact]
    public async Task Without_any_time_it_looks_once()
    {
        await Should.ThrowAsync<TimeoutException>(() =>
            Poll.UntilAsync(Options(doneAt: 2) with { Timeout = TimeSpan.Zero }, Token)
        );

        _looks.ShouldBe(1);
    }

    [Fact]
    public async Task It_can_be_given_up()
    {
        using var source = new CancellationTokenSource();
        var polling = Poll.UntilAsync(Options(doneAt: 9) with { Timeout = Timeout.InfiniteTimeSpan }, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(polling);
    }

    [Fact]
    public async Task What_the_look_throws_ends_the_wait() =>
        await Should.ThrowAsync<NotSupportedException>(() =>
            Poll.UntilAsync(new PollOptions<string> { Check = _ => throw new NotSupportedException() }, Token)
        );

    [Fact]
    public async Task Options_out_of_range_are_named()
    {
        var options = Options(doneAt: 1);

        await RefusedAsync(options with { Check = null! }, "check");
        await RefusedAsync(options with { Interval = TimeSpan.Zero }, "interval");
        await RefusedAsync(options with { Timeout = TimeSpan.FromSeconds(-1) }, "timeout");
    }

    private static async Task RefusedAsync(PollOptions<string> options, string field) =>
        (await Should.ThrowAsync<InvalidInputException>(() => Poll.UntilAsync(options, Token))).Field.ShouldBe(field);

    private PollOptions<string> Options(int doneAt) =>
        new()
        {
            Check = _ =>
                Task.FromResult<PollResult<string>>(
                    Interlocked.Increment(ref _looks) == doneAt ? new(true, "done") : new(false, null)
                ),
            Interval = TimeSpan.FromSeconds(2),
            Time = _time,
        };

    private Task<bool> LooksAsync(int count) =>
        Poll.UntilAsync(
            new PollOptions<bool>
            {
                Check = _ => Task.FromResult<PollResult<bool>>(new(Volatile.Read(ref _looks) >= count, true)),
                Interval = TimeSpan.FromMilliseconds(1),
            },
            Token
        );
}
