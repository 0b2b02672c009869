using System.Diagnostics;

namespace Everturn.Bench.Serving;

/// <summary>Memory of the server after a full collection.</summary>
/// <param name="PrivateBytes">Resident and of this process alone (Linux <c>RssAnon</c>; elsewhere private memory).</param>
/// <param name="WorkingSetBytes">Resident, mapped files included.</param>
/// <param name="ManagedBytes">Live objects.</param>
internal sealed record ServerMemory(long PrivateBytes, long WorkingSetBytes, long ManagedBytes)
{
    private const string Status = "/proc/self/status";
    private const int Collections = 3;

    public static ServerMemory Read()
    {
        for (var i = 0; i < Collections; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new(Anonymous() ?? process.PrivateMemorySize64, process.WorkingSet64, GC.GetTotalMemory(false));
    }

    private static long? Anonymous()
    {
        var line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(each => each.StartsWith("RssAnon:", StringComparison.Ordinal))
            : null;
        return line is null ? null : long.Parse(line["RssAnon:".Length..^"kB".Length].Trim()) * 1024;
    }
}
