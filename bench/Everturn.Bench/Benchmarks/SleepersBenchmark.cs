using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// Memory of a server that keeps many sleeping instances and idle sessions. Measured twice: in the process that made
/// them all, against itself after a warm-up; and in a process started anew on their data, against one started on an
/// empty directory.
/// </summary>
internal sealed class SleepersBenchmark : IBenchmark
{
    private const double MiB = 1024 * 1024;
    private const int WarmUp = 2_000;

    // Longer than a waiting instance stays in memory (WorkflowOptions.StayInMemory, 1 second).
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public string Name => "sleepers";

    public string Summary => "Additional memory of 10,000 sleeping instances and 100,000 idle sessions.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var sleepers = context.Count(10_000, least: 100);
        var sessions = context.Count(100_000, least: 100);
        var data = context.Folder("data");
        var empty = await MeasureNewAsync(context.Folder("empty"), cancellationToken);
        var (before, after) = await FillAsync(data, sleepers, sessions, cancellationToken);
        var restarted = await MeasureNewAsync(data, cancellationToken);

        var live = (after.PrivateBytes - before.PrivateBytes) / MiB;
        var anew = (restarted.PrivateBytes - empty.PrivateBytes) / MiB;
        var more = Math.Max(live, anew);
        return new(more, "MB")
        {
            Bar = Bar.Under(100, "MB", more),
            Details =
            [
                new("liveMb", live),
                new("restartedMb", anew),
                new("liveManagedMb", (after.ManagedBytes - before.ManagedBytes) / MiB),
                new("restartedManagedMb", (restarted.ManagedBytes - empty.ManagedBytes) / MiB),
                new("liveWorkingSetMb", (after.WorkingSetBytes - before.WorkingSetBytes) / MiB),
                new("restartedWorkingSetMb", (restarted.WorkingSetBytes - empty.WorkingSetBytes) / MiB),
                new("emptyHostMb", empty.PrivateBytes / MiB),
                new("warmHostMb", before.PrivateBytes / MiB),
                new("sleepers", sleepers),
                new("sessions", sessions),
            ],
        };
    }

    private static async Task<(ServerMemory Before, ServerMemory After)> FillAsync(
        string data,
        int sleepers,
        int sessions,
        CancellationToken cancellationToken
    )
    {
        await using var server = await ServerProcess.StartAsync(data, false, cancellationToken);
        await server.PostAsync($"/bench/sessions?from=0&count={WarmUp}", cancellationToken);
        await server.PostAsync($"/bench/sleepers?from=0&count={WarmUp}", cancellationToken);
        var before = await MeasureAsync(server, cancellationToken);
        await server.PostAsync($"/bench/sleepers?from={WarmUp}&count={sleepers}", cancellationToken);
        BenchContext.Say($"{sleepers} instances sleep");
        await server.PostAsync($"/bench/sessions?from={WarmUp}&count={sessions}", cancellationToken);
        BenchContext.Say($"{sessions} sessions are idle");
        return (before, await MeasureAsync(server, cancellationToken));
    }

    private static async Task<ServerMemory> MeasureNewAsync(string data, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(data, false, cancellationToken);
        return await MeasureAsync(server, cancellationToken);
    }

    private static async Task<ServerMemory> MeasureAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        return await server.GetAsync<ServerMemory>("/bench/memory", cancellationToken);
    }
}
