using Everturn.StatefulAgents.Tests.Fixtures;

namespace Everturn.StatefulAgents.Tests.Scheduling;

/// <summary>The retry helper (Cloudflare Agents, retry).</summary>
public sealed class RetryTests : WorkerTests
{
    private static readonly AgentRetryOptions Full = new()
    {
        MaxAttempts = 3,
        BaseDelay = TimeSpan.FromMilliseconds(100),
        MaxDelay = TimeSpan.FromSeconds(3),
    };

    [Theory]
    [InlineData(1, 0.0, 0)]
    [InlineData(1, 1.0, 200)]
    [InlineData(2, 1.0, 400)]
    [InlineData(2, 0.5, 200)]
    [InlineData(5, 1.0, 3000)]
    [InlineData(50, 1.0, 3000)]
    public void The_wait_is_random_up_to_twice_the_one_before_and_bounded(
        int attempt,
        double random,
        double expected
    ) => AgentRetry.Delay(Full, attempt, random).TotalMilliseconds.ShouldBe(expected, 0.001);

    [Fact]
    public async Task It_tries_until_it_succeeds_and_tells_the_number_of_the_attempt()
    {
        List<int> attempts = [];
        var call = Get()
            .CallAsync(agent =>
                agent.TryAsync(
                    (attempt, _) =>
                    {
                        attempts.Add(attempt);
                        return attempt < 3 ? throw new InvalidOperationException() : Task.FromResult("done");
                    }
                )
            );
        await Host.AdvanceUntilAsync(() => Task.FromResult(call.IsCompleted));

        (await call).ShouldBe("done");
        attempts.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task The_last_error_is_thrown_when_attempts_are_used_up_or_it_is_not_to_be_retried()
    {
        var tries = 0;
        var call = Get()
            .CallAsync(agent =>
                agent.TryAsync<int>(
                    (attempt, _) => throw new InvalidOperationException($"{++tries}"),
                    new() { MaxAttempts = 2 }
                )
            );
        await Host.AdvanceUntilAsync(() => Task.FromResult(call.IsCompleted));
        (await Should.ThrowAsync<InvalidOperationException>(() => call)).Message.ShouldBe("2");

        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                Get()
                    .CallAsync(agent =>
                        agent.TryAsync<int>(
                            (_, _) => throw new InvalidOperationException($"{++tries}"),
                            shouldRetry: (_, next) => next > 2
                        )
                    )
            )
        ).Message.ShouldBe("3");
    }

    [Theory]
    [InlineData(0, null, null, "retry.maxAttempts")]
    [InlineData(null, 0.0, null, "retry.baseDelay")]
    [InlineData(null, null, 0.0, "retry.maxDelay")]
    [InlineData(null, 20.0, 10.0, "retry.baseDelay")]
    [InlineData(null, 5000.0, null, "retry.baseDelay")]
    [InlineData(null, null, 50.0, "retry.baseDelay")]
    public async Task Options_are_checked_alone_and_with_the_defaults_before_anything_is_tried(
        int? attempts,
        double? baseMs,
        double? maxMs,
        string field
    )
    {
        var tried = false;
        var options = new AgentRetryOptions
        {
            MaxAttempts = attempts,
            BaseDelay = baseMs is { } b ? TimeSpan.FromMilliseconds(b) : null,
            MaxDelay = maxMs is { } m ? TimeSpan.FromMilliseconds(m) : null,
        };

        var error = await Should.ThrowAsync<InvalidInputException>(() =>
            Get().CallAsync(agent => agent.TryAsync((_, _) => Task.FromResult(tried = true), options))
        );

        error.Field.ShouldBe(field);
        tried.ShouldBeFalse();
    }
}
