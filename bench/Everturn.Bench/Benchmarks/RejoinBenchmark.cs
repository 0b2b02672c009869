using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// A reader that comes back with nothing: all chunks of a long log over HTTP, from the request to the end event, in a
/// process that is not the server. No reader is connected meanwhile, so that all of it comes from the store.
/// </summary>
internal sealed class RejoinBenchmark : IBenchmark
{
    private const int DeltasPerTurn = 500;
    private const string Session = "s-1";

    public string Name => "rejoin";

    public string Summary => "Read a log of 10,000 chunks over HTTP SSE from its beginning.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var chunks = context.Count(10_000, least: 500);
        var reads = context.Count(100, least: 5);
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        var stored = await WriteLogAsync(server.Address, chunks, cancellationToken);
        var times = new List<double>();
        for (var i = 0; i < 2 * reads; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var reader = await SessionReader.OpenAsync(server.Address, Session, follow: false, cancellationToken);
            await reader.ReadToEndAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (reader.Chunks != stored)
            {
                throw new InvalidDataException($"{reader.Chunks} of {stored} chunks came.");
            }
        }

        var warm = times.Skip(reads).ToList();
        return new(warm.Median(), "ms")
        {
            Bar = Bar.Under(50, "ms", warm.Median()),
            Details =
            [
                new("p50Ms", warm.Median()),
                new("p99Ms", warm.Percentile(99)),
                new("firstReadMs", times[0]),
                new("chunks", stored),
                new("reads", reads),
            ],
        };
    }

    private static async Task<long> WriteLogAsync(Uri address, int chunks, CancellationToken cancellationToken)
    {
        using var starter = await SessionStarter.OpenAsync(address, cancellationToken);
        var request = SessionStarter.Turn(Session, DeltasPerTurn);
        long stored = 0;
        while (stored < chunks)
        {
            await starter.StartAsync(request, cancellationToken);
            using var reader = await SessionReader.OpenAsync(address, Session, follow: false, cancellationToken);
            await reader.ReadToEndAsync(cancellationToken);
            stored = reader.Chunks;
        }

        return stored;
    }
}
