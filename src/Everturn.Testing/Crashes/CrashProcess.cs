using System.Collections.Concurrent;
using System.Diagnostics;

namespace Everturn.Testing.Crashes;

/// <summary>One life of the program under test.</summary>
public sealed class CrashProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _output = new();

    private CrashProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Exited += (_, _) =>
        {
            _address.TrySetResult(null);
            _exited.TrySetResult();
        };
    }

    /// <summary>A client of the program's address. Available once the program listens.</summary>
    /// <exception cref="InvalidOperationException">It does not listen yet, or ended before it did.</exception>
    public HttpClient Client
    {
        get => field ?? throw new InvalidOperationException($"The program does not listen.\n{Output}");
        private set;
    }

    /// <summary>Id of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the program and waits until it listens, or until it has died of a crash point on the way.</summary>
    internal static async Task<CrashProcess> StartAsync(
        CrashProgram program,
        IEnumerable<KeyValuePair<string, string>> environment,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new CrashProcess(new() { StartInfo = start, EnableRaisingEvents = true });
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        try
        {
            await process.WaitUntilListeningAsync(program.StartTimeout, cancellationToken).ConfigureAwait(false);
            return process;
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Kills it with SIGKILL and waits until it is gone.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task KillAsync(CancellationToken cancellationToken = default)
    {
        if (!HasExited)
        {
            _process.Kill();
        }

        return WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) =>
        _exited.Task.WaitAsync(cancellationToken);

    /// <summary>Stops it with SIGSTOP: it keeps its locks and connections and does nothing.</summary>
    public void Stop() => ProcessSignal.Stop(ProcessId);

    /// <summary>Lets it go on after <see cref="Stop"/>, with SIGCONT.</summary>
    public void Continue() => ProcessSignal.Continue(ProcessId);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        if (_address.Task is { IsCompletedSuccessfully: true, Result: not null })
        {
            Client.Dispose();
        }

        _process.Dispose();
    }

    private async Task WaitUntilListeningAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var address = await _address.Task.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        if (address is not null)
        {
            Client = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        }
    }

    private void Write(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (_output.Count > KeptLines)
        {
            _output.TryDequeue(out _);
        }

        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
        {
            _address.TrySetResult(new(line[(at + Listening.Length)..].Trim()));
        }
    }
}
