using System.Runtime.InteropServices;

namespace Everturn.Cli.CommandLine;

/// <summary>Turns Ctrl-C and a request to end into a cancelled token. A second Ctrl-C ends the process as usual.</summary>
internal sealed class SignalToken : IDisposable
{
    private static readonly Lock Guard = new();
    private static Func<bool>? _first;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public SignalToken()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Lets something else take a Ctrl-C: it says whether it did. One at a time.</summary>
    public static void OnFirst(Func<bool>? take)
    {
        lock (Guard)
        {
            _first = take;
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        Func<bool>? first;
        lock (Guard)
        {
            first = _first;
        }
        if (context.Signal == PosixSignal.SIGINT && first?.Invoke() == true)
        {
            context.Cancel = true;
        }
        else if (!_source.IsCancellationRequested)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
