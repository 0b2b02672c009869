using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Everturn.Bench.Measuring;

/// <summary>What the disk can do: append 512 bytes to a growing file, wait until they are on it, again.</summary>
internal static partial class AppendProbe
{
    public const int RecordBytes = 512;

    /// <summary>Measures in a fresh file of the folder.</summary>
    /// <returns>Appends per second.</returns>
    public static double Measure(string folder, int appends)
    {
        var path = Path.Combine(folder, "append.probe");
        var record = new byte[RecordBytes];
        Random.Shared.NextBytes(record);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < appends; i++)
        {
            RandomAccess.Write(file, record, (long)i * RecordBytes);
            if (Sync(file) != 0)
            {
                throw new IOException($"fdatasync failed: error {Marshal.GetLastPInvokeError()}.");
            }
        }

        return appends / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);
}
