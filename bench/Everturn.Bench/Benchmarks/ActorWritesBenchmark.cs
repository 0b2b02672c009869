using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>Calls with a durable write each, on sixty-four objects and on one.</summary>
internal sealed class ActorWritesBenchmark : IBenchmark
{
    public string Name => "actor-writes";

    public string Summary => "Calls a second over 64 WebSockets from another process, each with a durable write.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(context.Folder("data"), false, cancellationToken);
        var many = await CallLoad.RunAsync(context, server, "write", CallLoad.Connections, cancellationToken);
        var one = await CallLoad.RunAsync(context, server, "write", 1, cancellationToken);
        return new(many.Rate, "calls/s")
        {
            Bar = Bar.AtLeast(3_000, "calls/s", many.Rate),
            Runtime = "object",
            Durability = "a file for each object, synchronous=FULL",
            Details = [new("oneObject", one.Rate), new("connections", CallLoad.Connections), .. many.Effort.Details],
        };
    }
}
