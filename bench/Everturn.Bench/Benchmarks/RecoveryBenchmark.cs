using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Hosting;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;
using Everturn.Testing.Crashes;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// kill -9 with many runs in flight, each with one finished tool call and half an answer. The time goes from the start
/// of the new process to the end of the last run; in the new process the model has no latency.
/// </summary>
internal sealed class RecoveryBenchmark : IBenchmark
{
    private const int Connections = 32;

    public string Name => "recovery";

    public string Summary => "Until 1,000 runs in flight have completed after kill -9 and a restart.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var runs = context.Count(1_000, least: 20);
        var data = context.Folder("data");
        await using (var first = await ServerProcess.StartAsync(data, stall: true, cancellationToken))
        {
            await StartRunsAsync(first.Address, runs, cancellationToken);
            await first.UntilAsync<int>("/bench/stalled", stalled => stalled >= runs, cancellationToken);
            await first.KillAsync();
        }

        var started = Stopwatch.GetTimestamp();
        await using var second = await ServerProcess.StartAsync(data, stall: false, cancellationToken);
        var listening = Stopwatch.GetElapsedTime(started);
        await second.UntilAsync<bool>("/bench/running", running => !running, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);

        var completed = await second.GetAsync<int>("/bench/sessions/completed", cancellationToken);
        var effects = new EffectsFile(Path.Combine(data, BenchAgents.EffectsFileName)).Count(NoteTool.Finished);
        var repeated = effects.Values.Count(times => times > 1);
        return new(elapsed.TotalSeconds, "s")
        {
            Bar = new(
                "all complete, no finished effect repeated",
                Limit: null,
                completed == runs && effects.Count == runs && repeated == 0
            ),
            Details =
            [
                new("runs", runs),
                new("completed", completed),
                new("effects", effects.Count),
                new("repeatedEffects", repeated),
                new("untilListeningSeconds", listening.TotalSeconds),
            ],
        };
    }

    private static async Task StartRunsAsync(Uri address, int runs, CancellationToken cancellationToken)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            using var starter = await SessionStarter.OpenAsync(address, cancellationToken);
            for (int i; (i = Interlocked.Increment(ref next)) < runs; )
            {
                var turn = SessionStarter.Turn($"s-{i}", deltas: 0, agent: BenchAgents.Careful);
                await starter.StartAsync(turn, cancellationToken);
            }
        }
    }
}
