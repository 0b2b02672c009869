using System.Collections.Concurrent;
using Everturn.Storage;

namespace Everturn.Testing.Crashes;

/// <summary>
/// Ends or stops the process at the n-th arrival at a crash point, and counts the arrivals at every point: a dry run
/// tells which points a program reaches, a sweep then takes them one by one.
/// </summary>
public sealed class CrashObserver : ICommitObserver
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<CrashPoint, int> _arrivals = new();
    private CrashSettings? _settings;
    private int _left;

    /// <summary>An observer that only counts until it is armed.</summary>
    public CrashObserver() { }

    /// <summary>An observer that is armed from the start.</summary>
    /// <param name="settings">Where the process ends or stops.</param>
    public CrashObserver(CrashSettings settings) => Arm(settings);

    /// <summary>Arrivals since the last call of <see cref="Arm"/>, for every point that was reached.</summary>
    public IReadOnlyDictionary<CrashPoint, int> Arrivals => _arrivals;

    /// <summary>Begins to count anew.</summary>
    /// <param name="settings">Where the process ends or stops from now on; null for nowhere.</param>
    public void Arm(CrashSettings? settings)
    {
        lock (_lock)
        {
            _settings = settings;
            _left = settings?.Arrival ?? 0;
            _arrivals.Clear();
        }
    }

    /// <inheritdoc />
    public void Reached(CommitKind kind, CommitPhase phase)
    {
        var point = new CrashPoint(kind, phase);
        _arrivals.AddOrUpdate(point, 1, static (_, count) => count + 1);
        Arrive(point);
    }

    /// <summary>The process is at a point; null for the middle of a model's answer.</summary>
    internal void Arrive(CrashPoint? point)
    {
        // Held while the process ends: nobody else passes the point meanwhile.
        lock (_lock)
        {
            if (_settings is not { } settings || settings.Point != point || --_left != 0)
            {
                return;
            }

            if (settings.Mode == CrashMode.Kill)
            {
                ProcessSignal.KillSelf();
            }
            else
            {
                ProcessSignal.StopSelf();
            }
        }
    }
}
