using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>Kills at moments that nobody chose.</summary>
public sealed class RandomKillTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Conversations_survive_kills_at_random_moments(int seed)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        // A slow machine may be killed again and again before it gets anywhere, which is not what this is about.
        await using var harness = new CrashHarness(Hosts.Program(modelPauseMs: 5, maxClaims: 100));
        var random = new Random(seed);
        var scenarios = Scenario.Everything;
        var ids = Enumerable.Range(0, 24).Select(i => $"s{i}").ToList();
        var talks = ids.Select((id, i) => new Conversation(harness, scenarios[i % scenarios.Count], id)).ToList();
        var finished = new FinishedCalls(harness, ids);
        using var done = new CancellationTokenSource();
        var killing = KillNowAndThenAsync(harness, random, done.Token);

        try
        {
            await Task.WhenAll(talks.Select(talk => talk.HaveAsync(cancellationToken)));
        }
        finally
        {
            // Nobody starts the program again while its directory is deleted: what failed would not be seen.
            await done.CancelAsync();
            await killing;
        }

        var lives = 1 + harness.Restarts;
        await Task.WhenAll(talks.Select(talk => talk.VerifyAsync(finished, lives, cancellationToken)));
        harness.Restarts.ShouldBeGreaterThan(1);
    }

    private static async Task KillNowAndThenAsync(CrashHarness harness, Random random, CancellationToken done)
    {
        for (var i = 0; i < 8 && !done.IsCancellationRequested; i++)
        {
            try
            {
                await harness.SurviveAsync((process, _) => Task.FromResult(process), done);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(5, 600)), TimeProvider.System, done);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await harness.KillAsync(CancellationToken.None);
        }
    }
}
