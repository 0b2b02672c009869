using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Streaming;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// From the call of execute to the first delta in the handle's stream, in one process, one run at a time. Both the start
/// of the run and the delta are durable by then.
/// </summary>
internal sealed class FirstTokenBenchmark : IBenchmark
{
    private const int Deltas = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public string Name => "first-token";

    public string Summary => "From execute to the first delta of a model without latency, on an idle machine.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Count(1_000, least: 20);
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        for (var i = 0; i < count; i++)
        {
            await MeasureAsync(host, $"warm-{i}", cancellationToken);
        }

        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            times.Add(await MeasureAsync(host, $"s-{i}", cancellationToken));
            // Idle in between, so that no run meets what is left to do of the one before.
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        var median = times.Median();
        return new(median, "ms")
        {
            Bar = Bar.Under(3, "ms at p50", median),
            Details =
            [
                new("p50Ms", median),
                new("p99Ms", times.Percentile(99)),
                new("runs", count),
                new("deltas", Deltas),
            ],
        };
    }

    private static async Task<double> MeasureAsync(
        EmbeddedHost host,
        string session,
        CancellationToken cancellationToken
    )
    {
        double? first = null;
        var started = Stopwatch.GetTimestamp();
        var run = await host.Agents.ExecuteAsync(
            BenchAgents.InstantAgent,
            $"{Deltas}",
            new() { SessionId = session },
            cancellationToken
        );
        await foreach (var chunk in run.StreamAsync(cancellationToken: cancellationToken))
        {
            if (chunk is TextDeltaChunk)
            {
                first ??= Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        return first ?? throw new InvalidOperationException("The run ended without a delta.");
    }
}
