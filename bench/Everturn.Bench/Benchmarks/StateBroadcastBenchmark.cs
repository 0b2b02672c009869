using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Hosting;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// One object with a thousand clients. A new state is set when every client has the one before, so that each change is
/// a durable write and a thousand frames.
/// </summary>
internal sealed class StateBroadcastBenchmark : IBenchmark
{
    private const int WarmUp = 400;

    public string Name => "state-broadcast";

    public string Summary => "State frames of one object to 1,000 WebSockets in another process.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var connections = context.Count(1_000, least: 10);
        var changes = context.Count(300, least: 3);
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        var path = BenchCounter.Path + "shared";
        using var writer = await AgentSocket.OpenAsync(server.Address, path, cancellationToken);
        var readers = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => AgentSocket.OpenAsync(server.Address, path, cancellationToken))
        );
        await ChangeAsync(1, WarmUp);
        var meter = await EffortMeter.StartAsync(server, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var frames = await ChangeAsync(WarmUp + 1, changes);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var effort = await meter.StopAsync(cancellationToken);
        Array.ForEach(readers, reader => reader.Dispose());

        var rate = frames / elapsed.TotalSeconds;
        return new(rate, "frames/s")
        {
            Bar = Bar.AtLeast(100_000, "frames/s", rate),
            Runtime = "object",
            Durability = "a file for each object, synchronous=FULL",
            Details =
            [
                new("frames", frames),
                new("changes", changes),
                new("connections", connections),
                new("seconds", elapsed.TotalSeconds),
                new("serverMicrosPerFrame", effort.ServerCores * elapsed.TotalMicroseconds / frames),
                new("clientMicrosPerFrame", effort.ClientCores * elapsed.TotalMicroseconds / frames),
                .. effort.Details,
            ],
        };

        async Task<long> ChangeAsync(int first, int count)
        {
            var sum = 0L;
            for (var value = first; value < first + count; value++)
            {
                var received = readers.Select(reader => reader.UntilAsync(value, cancellationToken).AsTask()).ToArray();
                await writer.CallAsync("share", value, cancellationToken);
                sum += (await Task.WhenAll(received)).Sum();
            }
            return sum;
        }
    }
}
