using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;

namespace Everturn.Bench.Benchmarks;

/// <summary>The disk alone: what every other row is to be read against.</summary>
internal sealed class FdatasyncBenchmark : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "fdatasync";

    public string Summary => "Append 512 bytes to a growing file and wait for fdatasync, one after the other.";

    public Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var appends = context.Count(5_000, least: 50);
        var folder = context.Folder("probe");
        AppendProbe.Measure(folder, appends / 5);
        var rates = Enumerable.Range(0, Rounds).Select(_ => AppendProbe.Measure(folder, appends)).ToList();
        return Task.FromResult(
            new BenchResult(rates.Median(), "appends/s")
            {
                Runtime = "none",
                Store = "file",
                Durability = "fdatasync",
                Details =
                [
                    new("rounds", Rounds),
                    new("appendsPerRound", appends),
                    new("bytes", AppendProbe.RecordBytes),
                    new("lowest", rates.Min()),
                    new("highest", rates.Max()),
                ],
            }
        );
    }
}
