using System.Diagnostics;
using System.Net;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>kill -9 with a thousand runs in flight.</summary>
public sealed class ManyRunsTests(ITestOutputHelper output)
{
    private const int Runs = 1_000;

    [Fact]
    public async Task All_of_1000_runs_in_flight_complete_after_a_restart()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var harness = new CrashHarness(Hosts.Program() with { StepTimeout = TimeSpan.FromMinutes(3) });
        var host = await harness.StartAsync(cancellationToken: cancellationToken);
        await Parallel.ForAsync(
            0,
            Runs,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken },
            async (i, ct) =>
            {
                using var response = await host.Client.StartSessionAsync("held", $"s{i}", "one", cancellationToken: ct);
                response.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        );

        await harness.KillAsync(cancellationToken);
        var sessions = Enumerable.Range(0, Runs).Select(i => $"s{i}").ToList();
        var finished = new FinishedCalls(harness, sessions);
        Hosts.Release(harness);
        var watch = Stopwatch.StartNew();
        await harness.StartAsync(cancellationToken: cancellationToken);
        await Parallel.ForAsync(
            0,
            Runs,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (i, _) =>
            {
                var reader = new SessionReader($"s{i}");
                await harness.SurviveAsync(
                    (process, ct) => reader.ReadToEndAsync(process.Client, ct),
                    cancellationToken
                );
                var session = await harness.SurviveAsync(
                    (process, ct) => process.Client.ReadEvidenceAsync(reader.SessionId, ct),
                    cancellationToken
                );
                new InvariantChecker().Session(session).Completed(session, 1).Reader(session, reader).Verify();
            }
        );

        output.WriteLine($"All {Runs} were read {watch.ElapsedMilliseconds} ms after the restart.");
        var checker = new InvariantChecker();
        foreach (var session in sessions)
        {
            checker.Effects(finished.Of(session), finished.Now(session), calls: 1);
        }

        checker.Verify();
    }
}
