using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Everturn.Browser.Tests;

/// <summary>The real sample as a process of its own, on a free port and a data directory of its own.</summary>
internal sealed class AssistantProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly string _data = Directory.CreateTempSubdirectory("everturn-browser-").FullName;
    private readonly int _tokenDelay;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private AssistantProcess(int tokenDelay)
    {
        _tokenDelay = tokenDelay;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
    }

    public Uri Address { get; }

    /// <summary>What the process wrote, to be shown when a test fails.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The mails that went out.</summary>
    public IReadOnlyList<string> Mails()
    {
        var outbox = Path.Combine(_data, "outbox");
        return Directory.Exists(outbox) ? [.. Directory.GetFiles(outbox, "*.json").Select(File.ReadAllText)] : [];
    }

    public static async Task<AssistantProcess> StartAsync(int tokenDelay)
    {
        var assistant = new AssistantProcess(tokenDelay);
        await assistant.StartAsync();
        return assistant;
    }

    /// <summary>Starts the process, again after <see cref="Kill"/>: same port, same data.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "exec",
                Program,
                "--urls",
                Address.ToString(),
                "--Everturn:DataDirectory",
                _data,
                "--Assistant:Documents",
                Path.Combine(AppContext.BaseDirectory, "Documents"),
            },
            Environment = { ["EVERTURN_OFFLINE_DELAY_MS"] = _tokenDelay.ToString(CultureInfo.InvariantCulture) },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Whoever runs the tests may have keys: the pages are tested with the offline model.
        start.Environment.Remove("ANTHROPIC_API_KEY");
        start.Environment.Remove("OPENAI_API_KEY");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync(_process);
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

    private static string Program
    {
        get
        {
            // artifacts/bin/<this project>/<configuration>: the sample was built beside it.
            var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(here.Parent!.Parent!.FullName, "Assistant", here.Name, "Assistant.dll");
        }
    }

    private async Task WaitUntilReadyAsync(Process process)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var timeout = new CancellationTokenSource(StartTime);
        while (true)
        {
            try
            {
                using var response = await client.GetAsync("sessions", timeout.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // It does not listen yet.
            }

            if (process.HasExited)
            {
                throw new InvalidOperationException($"The sample ended with {process.ExitCode}:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, timeout.Token);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
