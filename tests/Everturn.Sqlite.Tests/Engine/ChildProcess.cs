using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Everturn.Sqlite.Tests.Engine;

/// <summary>Another process on the same data directory.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private const int Kill = 9;
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public string NodeId { get; private set; } = "";

    public static async Task<ChildProcess> StartAsync(string directory, TimeSpan lease)
    {
        var child = Launch(directory, lease);
        await child.WaitUntilReadyAsync();
        return child;
    }

    /// <summary>Starts without waiting, so that several race.</summary>
    public static ChildProcess Launch(string directory, TimeSpan lease)
    {
        var output = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(
            AppContext.BaseDirectory,
            "..",
            "..",
            "Everturn.Sqlite.Child",
            output,
            "Everturn.Sqlite.Child"
        );
        var start = new ProcessStartInfo(path, [directory, $"{(int)lease.TotalMilliseconds}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return new ChildProcess(Process.Start(start)!);
    }

    public async Task WaitUntilReadyAsync()
    {
        var ready = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        NodeId = ready.ShouldNotBeNull("the child did not open the store").Split(' ')[0];
    }

    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command.AsMemory(), TestContext.Current.CancellationToken);
        return (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    public async Task ExitAsync()
    {
        await _process.StandardInput.WriteLineAsync("exit".AsMemory(), TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.ExitCode.ShouldBe(0);
    }

    public async Task KillAsync()
    {
        Signal(Kill);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void StopMoving() => Signal(Stop);

    public void GoOn() => Signal(Continue);

    public void Dispose()
    {
        if (!_process.HasExited)
            Signal(Kill);
        _process.Dispose();
    }

    public static void KillProcess(int process) => SendSignal(process, Kill).ShouldBe(0);

    private void Signal(int signal) => SendSignal(_process.Id, signal).ShouldBe(0);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
