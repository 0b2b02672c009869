using System.Collections.Concurrent;
using Everturn.Storage;

namespace Everturn.Testing.Crashes;

/// <summary>
/// Counts how often each crash point is reached: the dry run before a sweep over all of them.
/// </summary>
public sealed class CommitRecorder : ICommitObserver
{
    private readonly ConcurrentDictionary<CrashPoint, int> _arrivals = new();

    /// <summary>Arrivals so far, for every point that was reached.</summary>
    public IReadOnlyDictionary<CrashPoint, int> Arrivals => _arrivals;

    /// <inheritdoc />
    public void Reached(CommitKind kind, CommitPhase phase) =>
        _arrivals.AddOrUpdate(new(kind, phase), 1, static (_, count) => count + 1);
}
