using System.Diagnostics;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Workflows;

namespace Everturn.Bench.Benchmarks;

/// <summary>Events to waiting instances, from the first one sent to the end of the last instance.</summary>
internal sealed class EventsBenchmark : IBenchmark
{
    private const int Instances = 100;
    private const int Rounds = 3;

    public string Name => "events";

    public string Summary => "Events to 100 waiting instances, sent, stored and received.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var each = context.Count(200, least: 5);
        await using var host = await EmbeddedHost.StartAsync(context.Folder("data"), cancellationToken);
        await RoundAsync(host, each, cancellationToken);
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            rates.Add(await RoundAsync(host, each, cancellationToken));
            BenchContext.Say($"{rates[^1]:0} events/s");
        }

        return new(rates.Median(), "events/s")
        {
            Runtime = "workflow engine",
            Details = [new("instances", Instances), new("eventsPerInstance", each), new("rounds", Rounds)],
        };
    }

    private static async Task<double> RoundAsync(EmbeddedHost host, int each, CancellationToken cancellationToken)
    {
        var client = host.Workflow(ListeningWorkflow.Name);
        var instances = await Task.WhenAll(
            Enumerable.Range(0, Instances).Select(_ => client.CreateAsync(each, cancellationToken: cancellationToken))
        );
        foreach (var instance in instances)
        {
            while ((await instance.StatusAsync(cancellationToken)).Status != InstanceStatus.Waiting)
            {
                await Task.Yield();
            }
        }

        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(instances.Select(instance => Task.Run(() => SendAsync(instance), cancellationToken)));
        return Instances * each / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task SendAsync(WorkflowInstance instance)
        {
            for (var i = 0; i < each; i++)
            {
                await instance.SendEventAsync(ListeningWorkflow.EventType, 1, cancellationToken);
            }

            if (await instance.ResultAsync<int>(cancellationToken) != each)
            {
                throw new InvalidOperationException($"{instance.Key} lost an event.");
            }
        }
    }
}
