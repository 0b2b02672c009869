using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Everturn.Conformance.Tests.Crash;

/// <summary>The conformance host as a process of its own: always the same port and data, so that clients come back to it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(120);

    private readonly string _data = Directory.CreateTempSubdirectory("everturn-crash-").FullName;
    private Process? _process;

    private HostProcess()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    public string Address { get; }

    public Process Process => _process ?? throw new InvalidOperationException("It is not running.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HostProcess> StartAsync()
    {
        var host = new HostProcess();
        await host.StartAgainAsync();
        return host;
    }

    /// <summary>Starts the process.</summary>
    public void Launch()
    {
        _process?.Dispose();
        var program = Path.Combine(AppContext.BaseDirectory, "Everturn.Conformance.Host.dll");
        _process = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", program, "--urls", Address, "--data", _data])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
            }
        )!;
    }

    /// <summary>Starts the process, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        Launch();
        using var http = new HttpClient { BaseAddress = new(Address) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(StartTime);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/", limit.Token);
                return;
            }
            catch (HttpRequestException) when (!Process.HasExited)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
    }

    /// <summary>What kill -9 does: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_data, recursive: true);
    }
}
