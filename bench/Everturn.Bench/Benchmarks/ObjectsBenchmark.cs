using Everturn.Bench.Client;
using Everturn.Bench.Hosting;
using Everturn.Bench.Reporting;
using Everturn.Bench.Running;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Benchmarks;

/// <summary>
/// What objects cost that nobody uses: a server started anew on the files of many, of which some are then used, against
/// one started on an empty directory.
/// </summary>
internal sealed class ObjectsBenchmark : IBenchmark
{
    private const double KiB = 1024;
    private const double MiB = 1024 * 1024;

    public string Name => "objects";

    public string Summary => "Disk of an idle object; memory and handles of 100,000, of which 1,000 are live.";

    public async Task<BenchResult> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Count(100_000, least: 200);
        var live = context.Count(1_000, least: 10);
        var data = context.Folder("data");
        var empty = await MeasureAsync(context.Folder("empty"), live: 0, cancellationToken);
        var before = DiskBytes(data);
        await using (var first = await ServerProcess.StartAsync(data, false, cancellationToken))
        {
            before = DiskBytes(data);
            await first.PostAsync($"/bench/objects?from=0&count={count}", cancellationToken);
            BenchContext.Say($"{count} objects are stored");
        }
        var idle = await MeasureAsync(data, live: 0, cancellationToken);
        var used = await MeasureAsync(data, live, cancellationToken);
        var each = (DiskBytes(data) - before) / KiB / count;
        return new(each, "kB/object")
        {
            Bar = Bar.Under(40, "kB/object", each),
            Runtime = "object",
            Durability = "a file for each object, synchronous=FULL",
            Details =
            [
                new("idleMb", (idle.Memory.PrivateBytes - empty.Memory.PrivateBytes) / MiB),
                new("idleHandles", idle.Handles - empty.Handles),
                new("liveMb", (used.Memory.PrivateBytes - empty.Memory.PrivateBytes) / MiB),
                new("liveHandles", used.Handles - empty.Handles),
                new("emptyHostMb", empty.Memory.PrivateBytes / MiB),
                new("objects", count),
                new("live", live),
            ],
        };
    }

    private static async Task<(ServerMemory Memory, int Handles)> MeasureAsync(
        string data,
        int live,
        CancellationToken cancellationToken
    )
    {
        await using var server = await ServerProcess.StartAsync(data, false, cancellationToken);
        var sockets = new List<AgentSocket>();
        for (var i = 0; i < live; i++)
        {
            sockets.Add(
                await AgentSocket.OpenAsync(server.Address, $"{BenchCounter.Path}object-{i}", cancellationToken)
            );
        }
        var memory = await server.GetAsync<ServerMemory>("/bench/memory", cancellationToken);
        var handles = await server.GetAsync<int>("/bench/handles", cancellationToken);
        sockets.ForEach(socket => socket.Dispose());
        return (memory, handles);
    }

    private static long DiskBytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
