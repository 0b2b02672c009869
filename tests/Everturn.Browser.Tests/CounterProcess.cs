using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Everturn.Browser.Tests;

/// <summary>The counter as a process of its own, on a free port and a data directory of its own.</summary>
internal sealed class CounterProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(120);

    private readonly string _data = Directory.CreateTempSubdirectory("everturn-counter-").FullName;
    private Process? _process;

    private CounterProcess()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
    }

    public Uri Address { get; }

    private static string Program
    {
        get
        {
            // artifacts/bin/<this project>/<configuration>: the sample was built beside it.
            var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(here.Parent!.Parent!.FullName, "Counter", here.Name, "Counter.dll");
        }
    }

    public static async Task<CounterProcess> StartAsync()
    {
        var counter = new CounterProcess();
        await counter.StartAgainAsync();
        return counter;
    }

    /// <summary>The page as somebody with this name sees it.</summary>
    public Uri PageOf(string name) => new(Address, $"?as={name}&room=demo");

    /// <summary>Starts the process, again after <see cref="Kill"/>: same port, same data.</summary>
    public async Task StartAgainAsync()
    {
        string[] arguments = ["exec", Program, "--urls", Address.ToString(), "--Everturn:DataDirectory", _data];
        _process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = Address };
        using var timeout = new CancellationTokenSource(StartTime);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                using var response = await client.GetAsync("", timeout.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await timer.WaitForNextTickAsync(timeout.Token);
            }
        }
    }

    /// <summary>What kill -9 does: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Kill();
        }
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
