using Everturn.Bench.Reporting;

namespace Everturn.Bench.Running;

/// <summary>One row of the table in docs/benchmarks.md.</summary>
internal interface IBenchmark
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string Summary { get; }

    /// <summary>Measures once, warm-up included.</summary>
    Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken);
}
