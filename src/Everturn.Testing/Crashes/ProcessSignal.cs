using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Everturn.Testing.Crashes;

/// <summary>Signals that no process can handle.</summary>
internal static class ProcessSignal
{
    private const int Killed = 9;

    /// <summary>Ends this process at once. Does not return.</summary>
    public static void KillSelf()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Send(Environment.ProcessId, Killed);
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    /// <summary>Stops this process until another sends it SIGCONT.</summary>
    public static void StopSelf() => Stop(Environment.ProcessId);

    public static void Stop(int processId) => SendUnix(processId, OperatingSystem.IsMacOS() ? 17 : 19);

    public static void Continue(int processId) => SendUnix(processId, OperatingSystem.IsMacOS() ? 19 : 18);

    private static void SendUnix(int processId, int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows cannot stop a process with a signal.");
        }

        if (Send(processId, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent to process {processId}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Send(int processId, int signal);
}
