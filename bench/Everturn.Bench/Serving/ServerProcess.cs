using System.Diagnostics;
using Everturn.Bench.Measuring;
using Everturn.Bench.Running;

namespace Everturn.Bench.Serving;

/// <summary>The server, in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(
        string directory,
        bool stall = false,
        CancellationToken cancellationToken = default
    )
    {
        var start = Self.Start([ServeCommand.Name, "--data", directory, .. stall ? ["--stall"] : (string[])[]]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return address is null
            ? throw new InvalidOperationException("The server ended before it listened; see standard error.")
            : new(process, new(address));
    }

    public CpuMeter MeasureCpu() => new(_process.Id);

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<T>(path, cancellationToken))!;

    public async Task PostAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync(path, content: null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks until the answer is the right one.</summary>
    public async Task UntilAsync<T>(string path, Func<T, bool> isRight, CancellationToken cancellationToken)
    {
        while (!isRight(await GetAsync<T>(path, cancellationToken)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await KillAsync();
        _process.Dispose();
    }
}
