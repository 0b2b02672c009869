using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// Conversations over HTTP. This process is the client: each session starts a turn, and its one reader reads to the end
/// of that turn before the next one starts. Only turns that end in the window of measurement count.
/// </summary>
internal sealed class TurnsBenchmark : IBenchmark
{
    private const int Sessions = 64;
    private const int Deltas = 20;

    public string Name => "turns";

    public string Summary => "Turns over HTTP: 64 sessions, 20 deltas a turn, one SSE reader each, in another process.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var warmUp = context.Time(TimeSpan.FromSeconds(15));
        var window = context.Time(TimeSpan.FromSeconds(15));
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        var clock = new TurnWindow(warmUp, window);
        var running = Task.WhenAll(
            Enumerable.Range(0, Sessions).Select(i => TalkAsync(server.Address, $"s-{i}", clock, cancellationToken))
        );

        await Task.WhenAny(running, Task.Delay(warmUp, TimeProvider.System, cancellationToken));
        var meter = await EffortMeter.StartAsync(server, cancellationToken);
        await Task.WhenAny(running, Task.Delay(window, TimeProvider.System, cancellationToken));
        var effort = await meter.StopAsync(cancellationToken);
        var times = (await running).SelectMany(each => each).ToList();

        var rate = times.Count / window.TotalSeconds;
        return new(rate, "turns/s")
        {
            Bar = Bar.AtLeast(1_500, "turns/s", rate),
            Details =
            [
                new("p50Ms", times.Median()),
                new("p99Ms", times.Percentile(99)),
                new("turns", times.Count),
                new("seconds", window.TotalSeconds),
                new("sessions", Sessions),
                new("readers", Sessions),
                new("deltas", Deltas),
                .. effort.Details,
            ],
        };
    }

    /// <returns>Milliseconds of each turn that ended in the window.</returns>
    private static async Task<List<double>> TalkAsync(
        Uri address,
        string session,
        TurnWindow clock,
        CancellationToken cancellationToken
    )
    {
        var times = new List<double>();
        var request = SessionStarter.Turn(session, Deltas);
        using var starter = await SessionStarter.OpenAsync(address, cancellationToken);
        await starter.StartAsync(request, cancellationToken);
        using var reader = await SessionReader.OpenAsync(address, session, follow: true, cancellationToken);
        await reader.ReadTurnsAsync(1, cancellationToken);
        for (var turn = 2; !clock.IsOver; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            await starter.StartAsync(request, cancellationToken);
            await reader.ReadTurnsAsync(turn, cancellationToken);
            if (clock.IsOpen)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return times;
    }
}
