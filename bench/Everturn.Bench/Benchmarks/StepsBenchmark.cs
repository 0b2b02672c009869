using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// Sequential steps of one instance, each durable before the next begins, against the disk's own rate measured right
/// before and right after in the same folder. The time is that of the whole instance, from create to its result.
/// </summary>
internal sealed class StepsBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double LeastRatio = 0.70;

    public string Name => "steps";

    public string Summary => "1,000 sequential trivial steps of one workflow instance.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var steps = context.Count(1_000, least: 20);
        var probe = context.Folder("probe");
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        for (var i = 0; i < Rounds; i++)
        {
            await host.Steps.RunAsync(steps, cancellationToken: cancellationToken);
            AppendProbe.Measure(probe, steps / 2);
        }

        var rounds = new List<(double Steps, double Disk)>();
        for (var i = 0; i < Rounds; i++)
        {
            var before = AppendProbe.Measure(probe, steps);
            var started = Stopwatch.GetTimestamp();
            await host.Steps.RunAsync(steps, cancellationToken: cancellationToken);
            var rate = steps / Stopwatch.GetElapsedTime(started).TotalSeconds;
            var after = AppendProbe.Measure(probe, steps);
            rounds.Add((rate, (before + after) / 2));
            BenchContext.Say($"{rate:0} steps/s, fdatasync {before:0}/s before and {after:0}/s after");
        }

        var ratio = rounds.Select(round => round.Steps / round.Disk).Median();
        return new(rounds.Select(round => round.Steps).Median(), "steps/s")
        {
            Runtime = "workflow engine",
            Bar = Bar.AtLeast(LeastRatio, "of fdatasync", ratio),
            Details =
            [
                new("ratio", ratio),
                new("fdatasync", rounds.Select(round => round.Disk).Median()),
                new("rounds", Rounds),
                new("stepsPerRound", steps),
                new("lowestRatio", rounds.Min(round => round.Steps / round.Disk)),
                new("highestRatio", rounds.Max(round => round.Steps / round.Disk)),
            ],
        };
    }
}
