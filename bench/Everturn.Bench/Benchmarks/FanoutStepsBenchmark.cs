using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;

namespace Everturn.Bench.Benchmarks;

/// <summary>One instance with many parallel steps.</summary>
internal sealed class FanoutStepsBenchmark : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "fanout-steps";

    public string Summary => "One workflow instance with 1,000 parallel steps, from create to result.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var steps = context.Count(1_000, least: 10);
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        var client = host.Workflow(FanoutWorkflow.Name);
        await client.RunAsync(steps, cancellationToken: cancellationToken);
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await client.RunAsync(steps, cancellationToken: cancellationToken);
            rates.Add(steps / Stopwatch.GetElapsedTime(started).TotalSeconds);
            BenchContext.Say($"{rates[^1]:0} steps/s");
        }

        return new(rates.Median(), "steps/s")
        {
            Runtime = "workflow engine",
            Details = [new("steps", steps), new("rounds", Rounds)],
        };
    }
}
