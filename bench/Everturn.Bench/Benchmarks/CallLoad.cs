using System.Diagnostics;
using Everturn.Bench.Client;
using Everturn.Bench.Hosting;
using Everturn.Bench.Measuring;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>Sixty-four clients, each with one call in flight.</summary>
internal static class CallLoad
{
    public const int Connections = 64;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    /// <summary>Measures calls.</summary>
    /// <param name="context">The benchmark's context.</param>
    /// <param name="server">The server.</param>
    /// <param name="method">What is called.</param>
    /// <param name="objects">Over how many objects the clients are spread.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<(double Rate, Effort Effort)> RunAsync(
        BenchContext context,
        ServerProcess server,
        string method,
        int objects,
        CancellationToken cancellationToken
    )
    {
        var clients = await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(i =>
                    AgentSocket.OpenAsync(
                        server.Address,
                        $"{BenchCounter.Path}{method}-{objects}-{i % objects}",
                        cancellationToken
                    )
                )
        );
        await CallAsync(context.Time(WarmUp));
        var meter = await EffortMeter.StartAsync(server, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var calls = await CallAsync(context.Time(Measured));
        var rate = calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var effort = await meter.StopAsync(cancellationToken);
        Array.ForEach(clients, client => client.Dispose());
        BenchContext.Say($"{method} on {objects} objects: {rate:#,0} calls/s");
        return (rate, effort);

        async Task<int> CallAsync(TimeSpan time)
        {
            var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
            var counts = await Task.WhenAll(
                clients.Select(client =>
                    Task.Run(
                        async () =>
                        {
                            var count = 0;
                            while (Stopwatch.GetTimestamp() < end)
                            {
                                await client.CallAsync(method, ++count, cancellationToken);
                            }
                            return count;
                        },
                        cancellationToken
                    )
                )
            );
            return counts.Sum();
        }
    }
}
