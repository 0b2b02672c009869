using System.Net;
using Everturn.Agents;
using Everturn.Loop;

namespace Everturn.Tests.Loop;

public sealed class ModelRetryTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(90, 30)]
    public async Task A_service_that_says_how_long_to_wait_is_waited_for_up_to_the_longest_pause(int asked, int waited)
    {
        var time = new ImpatientTime();
        var refusal = new ModelRequestException("busy", HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(asked));

        await FailOnceAsync(time, refusal);

        time.Waits.ShouldBe([TimeSpan.FromSeconds(waited)]);
    }

    [Fact]
    public async Task A_service_that_does_not_say_is_waited_for_by_the_backoff()
    {
        var time = new ImpatientTime();

        await FailOnceAsync(time, new ModelRequestException("busy", HttpStatusCode.TooManyRequests));

        time.Waits.ShouldHaveSingleItem().ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static async Task FailOnceAsync(TimeProvider time, Exception failure)
    {
        var pipeline = ModelRetry.Build(new ModelRetryOptions(), time);
        var attempts = 0;

        var reply = await pipeline.ExecuteAsync(
            _ => ++attempts == 1 ? throw failure : ValueTask.FromResult(new ModelReply { Text = "yes" }),
            TestContext.Current.CancellationToken
        );

        reply.Text.ShouldBe("yes");
        attempts.ShouldBe(2);
    }

    /// <summary>Notes every wait and ends it at once.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
