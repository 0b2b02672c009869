using System.Collections.Concurrent;
using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;

namespace Everturn.Bench.Benchmarks;

/// <summary>Instances of one step from create to their result, as many at a time as the bar says.</summary>
internal sealed class InstancesBenchmark : IBenchmark
{
    private const int InFlight = 32;
    private const int Rounds = 3;

    public string Name => "instances";

    public string Summary => "Workflow instances of one step, 32 in flight, from create to result.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Count(20_000, least: 100);
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        await RoundAsync(host, count, [], cancellationToken);

        var times = new ConcurrentBag<double>();
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            rates.Add(await RoundAsync(host, count, times, cancellationToken));
            BenchContext.Say($"{rates[^1]:0} instances/s");
        }

        var rate = rates.Median();
        return new(rate, "instances/s")
        {
            Runtime = "workflow engine",
            Bar = Bar.AtLeast(6_000, "instances/s", rate),
            Details =
            [
                new("p50Ms", times.Median()),
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
                await client.RunAsync(1, cancellationToken: cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }
    }
}
