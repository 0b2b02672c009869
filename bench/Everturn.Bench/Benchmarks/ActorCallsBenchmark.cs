using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>Calls that write nothing, on sixty-four objects and on one.</summary>
internal sealed class ActorCallsBenchmark : IBenchmark
{
    public string Name => "actor-calls";

    public string Summary => "Calls a second over 64 WebSockets from another process, without a write.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        var many = await CallLoad.RunAsync(context, server, "echo", CallLoad.Connections, cancellationToken);
        var one = await CallLoad.RunAsync(context, server, "echo", 1, cancellationToken);
        return new(many.Rate, "calls/s")
        {
            Bar = Bar.AtLeast(20_000, "calls/s", many.Rate),
            Runtime = "object",
            Details = [new("oneObject", one.Rate), new("connections", CallLoad.Connections), .. many.Effort.Details],
        };
    }
}
