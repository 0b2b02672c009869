using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// One session, a hundred readers over HTTP in this process. Deltas come in small bursts, as tokens do, so that readers
/// are woken often; a turn begins when every reader has all of the last, so that they are served live and not from the
/// store.
/// </summary>
internal sealed class FanoutBenchmark : IBenchmark
{
    private const int Readers = 100;
    private const int Deltas = 500;
    private const int Burst = 10;
    private const string Session = "s-1";

    public string Name => "fanout";

    public string Summary => "Chunks of one session delivered to 100 SSE readers in another process.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var turns = context.Count(100, least: 2);
        var warmUp = context.Count(60, least: 1);
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        using var starter = await SessionStarter.OpenAsync(server.Address, cancellationToken);
        var turn = SessionStarter.Turn(Session, Deltas, Burst);
        await starter.StartAsync(turn, cancellationToken);
        var readers = await Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(_ => SessionReader.OpenAsync(server.Address, Session, follow: true, cancellationToken))
        );

        await Task.WhenAll(readers.Select(reader => reader.ReadTurnsAsync(1, cancellationToken)));
        await TurnsAsync(2, warmUp);
        var before = readers.Sum(reader => reader.Chunks);
        var meter = await EffortMeter.StartAsync(server, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await TurnsAsync(warmUp + 2, turns);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var effort = await meter.StopAsync(cancellationToken);
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
                new("turns", turns),
                new("deltasPerTurn", Deltas),
                new("deltasPerBurst", Burst),
                new("restMs", 1),
                .. effort.Details,
            ],
        };

        async Task TurnsAsync(int first, int count)
        {
            for (var ordinal = first; ordinal < first + count; ordinal++)
            {
                await Task.WhenAll([
                    starter.StartAsync(turn, cancellationToken),
                    .. readers.Select(reader => reader.ReadTurnsAsync(ordinal, cancellationToken)),
                ]);
            }
        }
    }
}
