using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// A request to an object that is on disk and not in memory, one after the other. The server was started anew on the
/// objects' files, and warmed up on others.
/// </summary>
internal sealed class ActivateBenchmark : IBenchmark
{
    private const int WarmUp = 200;

    public string Name => "activate";

    public string Summary => "Request to a cold object until its answer, p50.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Count(1_000, least: 20);
        var data = context.Folder("data");
        await using (var first = await ServerProcess.StartAsync(data, false, cancellationToken))
        {
            await first.PostAsync($"/bench/objects?from=0&count={count + WarmUp}", cancellationToken);
        }
        await using var server = await ServerProcess.StartAsync(data, false, cancellationToken);
        using var connection = await HttpConnection.OpenAsync(server.Address, cancellationToken);
        var times = new List<double>();
        for (var i = 0; i < count + WarmUp; i++)
        {
            var request = HttpConnection.Request("GET", $"{BenchCounter.Path}object-{i}");
            var started = Stopwatch.GetTimestamp();
            await connection.SendAsync(request, cancellationToken);
            await connection.DrainAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        var measured = times.Skip(WarmUp).ToList();
        return new(measured.Median(), "ms")
        {
            Bar = Bar.Under(5, "ms at p50", measured.Median()),
            Runtime = "object",
            Durability = "a file for each object, synchronous=FULL",
            Details =
            [
                new("p90", measured.Percentile(90)),
                new("p99", measured.Percentile(99)),
                new("objects", count),
                new("warmUp", WarmUp),
            ],
        };
    }
}
