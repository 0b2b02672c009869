using System.Diagnostics;
using Everturn.Sessions;

namespace Everturn.Diagnostics;

/// <summary>The trace of a run that is being accepted.</summary>
/// <param name="span">The span of the acceptance, if anybody listens.</param>
/// <param name="parent">The W3C context that the run's spans belong to.</param>
internal sealed class AcceptedTrace(Activity? span, string? parent) : IDisposable
{
    /// <summary>The commit with the trace on its run.</summary>
    public SessionCommit Stamp(SessionCommit commit) =>
        commit with
        {
            NewRun = commit.NewRun! with { TraceParent = parent ?? commit.NewRun.TraceParent },
        };

    /// <summary>What became of the commit.</summary>
    public void Ended(SessionCommitResult result)
    {
        if (!result.IsApplied && result.Outcome != SessionCommitOutcome.RequestReplayed)
        {
            span?.SetTag(GenAiTags.ErrorType, result.Outcome.ToString()).SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => span?.Dispose();
}
