using System.Collections.Concurrent;
using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;

namespace Everturn.Bench.Benchmarks;

/// <summary>Instances of three steps from create to their result; the bar is on how long one takes.</summary>
internal sealed class Instances3Benchmark : IBenchmark
{
    private const int InFlight = 32;
    private const int Rounds = 3;
    private const int Steps = 3;

    public string Name => "instances3";

    public string Summary => "Workflow instances of three steps, 32 in flight, from create to result.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Count(10_000, least: 100);
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        await RoundAsync(host, count, [], cancellationToken);

        var times = new ConcurrentBag<double>();
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            rates.Add(await RoundAsync(host, count, times, cancellationToken));
            BenchContext.Say($"{rates[^1]:0} instances/s");
        }

        var median = times.Median();
        return new(median, "ms")
        {
            Runtime = "workflow engine",
            Bar = Bar.Under(8, "ms at p50", median),
            Details =
            [
                new("instancesPerSecond", rates.Median()),
                new("p99Ms", times.Percentile(99)),
                new("inFlight", InFlight),
                new("rounds", Rounds),
                new("instancesPerRound", count),
            ],
        };
    }

    private static async Task<double> RoundAsync(
        EmbeddedHost host,
        int count,
        ConcurrentBag<double> times,
        CancellationToken cancellationToken
    )
    {
        var client = host.Steps;
        var left = count;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(WorkAsync, cancellationToken)));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task WorkAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var begun = Stopwatch.GetTimestamp();
                await client.RunAsync(Steps, cancellationToken: cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }
    }
}
