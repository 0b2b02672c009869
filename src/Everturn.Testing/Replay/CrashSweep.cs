using Everturn.Workflows;

namespace Everturn.Testing.Replay;

/// <summary>What became of an instance whose host died at every write to its journal, one at a time.</summary>
/// <param name="Undisturbed">The instance without a crash.</param>
/// <param name="Runs">The instance with each of the crashes, in order.</param>
public sealed record CrashSweep(InstanceDetails Undisturbed, IReadOnlyList<CrashedRun> Runs)
{
    /// <summary>The crashes that changed how the instance ended.</summary>
    public IReadOnlyList<CrashedRun> Different =>
        [.. Runs.Where(run => run.End != CrashedRun.DescribeEnd(Undisturbed.Instance))];

    /// <summary>Throws if a crash changed how the instance ended.</summary>
    /// <exception cref="ConformanceException">One did; the message says which, and how.</exception>
    public void EnsureSameEnd()
    {
        if (Different is [var run, ..])
        {
            throw new ConformanceException(
                $"A crash {run.Moment} {run.Position} changed the end: it was "
                    + $"{CrashedRun.DescribeEnd(Undisturbed.Instance)}, and became {run.End}."
            );
        }
    }
}
