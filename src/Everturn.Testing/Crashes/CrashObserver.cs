using Everturn.Storage;

namespace Everturn.Testing.Crashes;

/// <summary>Ends or stops the process at the n-th arrival at a crash point; see <see cref="CrashSettings"/>.</summary>
/// <param name="settings">Where.</param>
public sealed class CrashObserver(CrashSettings settings) : ICommitObserver
{
    private int _arrivals;

    /// <inheritdoc />
    public void Reached(CommitKind kind, CommitPhase phase)
    {
        if (settings.Point == new CrashPoint(kind, phase))
        {
            Arrive();
        }
    }

    internal void Arrive()
    {
        if (Interlocked.Increment(ref _arrivals) != settings.Arrival)
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
