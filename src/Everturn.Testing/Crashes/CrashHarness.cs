using System.Net.Sockets;

namespace Everturn.Testing.Crashes;

/// <summary>
/// Runs a real program, lets it be killed, and starts it again on the same data directory until the work is done:
/// <code>
/// await using var harness = new CrashHarness(CrashProgram.FromAssembly("MyApp.dll"));
/// await harness.StartAsync(CrashSettings.Parse("step-model.after"));
/// await harness.SurviveAsync((process, ct) => process.Client.StartSessionAsync(request, ct));
/// </code>
/// </summary>
public sealed class CrashHarness : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CrashProgram _program;
    private readonly bool _ownsDirectory;
    private CrashProcess? _current;

    /// <summary>A harness on a data directory.</summary>
    /// <param name="program">The program.</param>
    /// <param name="dataDirectory">Where it keeps its data; null for a temporary directory that is deleted afterwards.</param>
    public CrashHarness(CrashProgram program, string? dataDirectory = null)
    {
        _program = program;
        _ownsDirectory = dataDirectory is null;
        DataDirectory = dataDirectory ?? Directory.CreateTempSubdirectory("everturn-crash-").FullName;
    }

    /// <summary>The data directory.</summary>
    public string DataDirectory { get; }

    /// <summary>How often the program ended and was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>
    /// Where the next process that replaces a dead one is to be killed or stopped in its turn, which shows that a
    /// recovery can be interrupted too. Used once.
    /// </summary>
    public CrashSettings? NextCrash { get; set; }

    /// <summary>Called after each death, before the program starts again: the place to look at what it left.</summary>
    public Func<CancellationToken, Task>? AfterDeath { get; set; }

    /// <summary>Starts the program, to be killed or stopped at a point.</summary>
    /// <param name="settings">Where; null for nowhere.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <returns>The process, which listens unless it died during its start-up.</returns>
    public async Task<CrashProcess> StartAsync(
        CrashSettings? settings = null,
        CancellationToken cancellationToken = default
    )
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await StartOneAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>
    /// Does something with the program and does it again, on a new process, whenever the process dies meanwhile. It
    /// must be idempotent: a start with a request id, a read from a cursor.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="action">What to do; its token is cancelled after <see cref="CrashProgram.StepTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It took too long; the message holds the program's last lines.</exception>
    public async Task<T> SurviveAsync<T>(
        Func<CrashProcess, CancellationToken, Task<T>> action,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(action);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_program.StepTimeout);
        while (true)
        {
            CrashProcess? process = null;
            try
            {
                process = await AliveAsync(timeout.Token).ConfigureAwait(false);
                return await action(process, timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
                when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Not done within {_program.StepTimeout}.\n{process?.Output}", exception);
            }
            catch (Exception exception)
                when (process is not null
                    && !timeout.IsCancellationRequested
                    && exception
                        is HttpRequestException
                            or SocketException
                            or IOException
                            or OperationCanceledException
                            or ObjectDisposedException
                )
            {
                // A connection that breaks is a death, or else a fault of the program that repeating does not mend. If
                // somebody else noticed the death first, the client is gone already.
                await DeathAsync(process, exception, timeout.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Kills the program, if it lives, with SIGKILL.</summary>
    /// <param name="cancellationToken">Stops waiting until it is gone.</param>
    public Task KillAsync(CancellationToken cancellationToken = default) =>
        _current?.KillAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_current is not null)
        {
            await _current.DisposeAsync().ConfigureAwait(false);
        }

        _starting.Dispose();
        if (_ownsDirectory)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static async Task DeathAsync(CrashProcess process, Exception exception, CancellationToken cancellationToken)
    {
        try
        {
            await process
                .WaitForExitAsync(cancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(5), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                $"A request failed, but the program lives.\n{process.Output}",
                exception
            );
        }
    }

    private async Task<CrashProcess> AliveAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { HasExited: false } alive)
            {
                return alive;
            }

            CrashProcess started;
            CrashSettings? settings;
            do
            {
                settings = NextCrash;
                NextCrash = null;
                started = await StartOneAsync(settings, cancellationToken).ConfigureAwait(false);
            } while (started.HasExited && settings is not null);

            return started;
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<CrashProcess> StartOneAsync(CrashSettings? settings, CancellationToken cancellationToken)
    {
        if (_current is not null)
        {
            Restarts++;
            await _current.DisposeAsync().ConfigureAwait(false);
            if (AfterDeath is { } look)
            {
                await look(cancellationToken).ConfigureAwait(false);
            }
        }

        _current = await CrashProcess
            .StartAsync(_program, Environment(settings), cancellationToken)
            .ConfigureAwait(false);
        return _current;
    }

    private IEnumerable<KeyValuePair<string, string>> Environment(CrashSettings? settings)
    {
        // A free port of the system's choice; the program says which.
        yield return new("ASPNETCORE_URLS", "http://127.0.0.1:0");
        yield return new(_program.DataDirectoryVariable, DataDirectory);
        foreach (var variable in _program.Environment)
        {
            yield return variable;
        }

        yield return new(CrashSettings.KillVariable, settings is { Mode: CrashMode.Kill } ? settings.ToString() : "");
        yield return new(CrashSettings.StopVariable, settings is { Mode: CrashMode.Stop } ? settings.ToString() : "");
    }
}
