using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// One session, a hundred readers over HTTP in this process. Each turn is a burst of deltas; the next begins when every
/// reader has all of the last, so that readers are served live and not from the store.
/// </summary>
internal sealed class FanoutBenchmark : IBenchmark
{
    private const int Readers = 100;
    private const int Burst = 500;
    private const string Session = "s-1";

    public string Name => "fanout";

    public string Summary => "Chunks of one session delivered to 100 SSE readers in another process.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var bursts = context.Count(60, least: 2);
        var warmUp = context.Count(20, least: 1);
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        using var starter = await SessionStarter.OpenAsync(server.Address, cancellationToken);
        var burst = SessionStarter.Turn(Session, Burst);
        await starter.StartAsync(burst, cancellationToken);
        var readers = await Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(_ => SessionReader.OpenAsync(server.Address, Session, follow: true, cancellationToken))
        );

        await Task.WhenAll(readers.Select(reader => reader.ReadTurnsAsync(1, cancellationToken)));
        await BurstsAsync(2, warmUp);
        var before = readers.Sum(reader => reader.Chunks);
        var serverCpu = server.MeasureCpu();
        var clientCpu = new CpuMeter(Environment.ProcessId);
        var started = Stopwatch.GetTimestamp();
        await BurstsAsync(warmUp + 2, bursts);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (serverCores, clientCores) = (serverCpu.Cores, clientCpu.Cores);
        var deliveries = readers.Sum(reader => reader.Chunks) - before;
        Array.ForEach(readers, reader => reader.Dispose());

        var rate = deliveries / elapsed.TotalSeconds;
        return new(rate, "deliveries/s")
        {
            Bar = Bar.AtLeast(100_000, "deliveries/s", rate),
            Details =
            [
                new("deliveries", deliveries),
                new("seconds", elapsed.TotalSeconds),
                new("readers", Readers),
                new("bursts", bursts),
                new("deltasPerBurst", Burst),
                new("serverCores", serverCores),
                new("clientCores", clientCores),
            ],
        };

        async Task BurstsAsync(int firstTurn, int count)
        {
            for (var turn = firstTurn; turn < firstTurn + count; turn++)
            {
                await Task.WhenAll([
                    starter.StartAsync(burst, cancellationToken),
                    .. readers.Select(reader => reader.ReadTurnsAsync(turn, cancellationToken)),
                ]);
            }
        }
    }
}
