using System.Diagnostics;

namespace Everturn.Crash.Host;

/// <summary>What the process holds on to.</summary>
/// <param name="Threads">Threads of the operating system's.</param>
/// <param name="ManagedBytes">Live objects, after full collections.</param>
internal sealed record HostMemory(int Threads, long ManagedBytes)
{
    private const int Collections = 3;

    public static HostMemory Read()
    {
        for (var i = 0; i < Collections; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new(process.Threads.Count, GC.GetTotalMemory(false));
    }
}
