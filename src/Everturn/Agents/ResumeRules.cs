using Everturn.Loop.Holding;
using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Which sessions can be taken up again, and how: the status table of runs. Pure.</summary>
internal static class ResumeRules
{
    /// <summary>Why a run cannot be resumed; null where it can.</summary>
    /// <param name="run">The session's current run.</param>
    /// <param name="isAwaited">Whether it waits for answers that have not been given.</param>
    /// <param name="mode">How.</param>
    public static string? RefuseResume(RunRecord? run, bool isAwaited, ResumeMode mode = ResumeMode.Continue) =>
        mode == ResumeMode.Retry ? RefuseRetry(run)
        : run is null ? ResumeRefusal.NotStarted
        : run.Status == RunStatus.Running ? ResumeRefusal.Running
        : run.Status == RunStatus.Interrupted ? null
        : run.Status.IsSuspended ? (isAwaited && !GoesBack(mode) ? ResumeRefusal.AwaitingAnswers : null)
        : IsAborted(run) ? ResumeRefusal.Aborted
        : mode == ResumeMode.Branch ? null
        : run.Status == RunStatus.Failed ? ResumeRefusal.Failed
        : ResumeRefusal.Completed;

    /// <summary>The rows that a run asks with, where it may wait for answers.</summary>
    public static async ValueTask<IReadOnlyList<PendingCallRecord>> AskedAsync(
        ISessionStore store,
        RunRecord? run,
        CancellationToken cancellationToken
    ) =>
        run is not null && (run.Status.IsSuspended || run.Status == RunStatus.Interrupted)
            ? await store.GetPendingCallsAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false)
            : [];

    /// <summary>
    /// Whether answers are missing that a resume needs. One answer is enough to go on with it: what the others are about
    /// keeps waiting. To go on with something else to say, all must be there.
    /// </summary>
    /// <param name="open">The calls of the step that is not complete.</param>
    /// <param name="asked">The rows that ask about them.</param>
    /// <param name="hasMessage">Whether the resume has something to say.</param>
    public static bool IsAwaited(
        IReadOnlyList<ToolCallRecord> open,
        IReadOnlyList<PendingCallRecord> asked,
        bool hasMessage
    ) =>
        asked.Any(call => call.Status == PendingCallStatus.Pending)
        && (
            hasMessage
            || !open.Any(call =>
                call.Status.IsHeld
                && HeldCalls.Find(asked, call) is { Status: var status }
                && status != PendingCallStatus.Pending
            )
        );

    /// <summary>Why a run cannot be tried again; null where it can.</summary>
    /// <param name="run">The session's current run.</param>
    public static string? RefuseRetry(RunRecord? run) =>
        run is null ? ResumeRefusal.NotStarted
        : run.Status == RunStatus.Running ? ResumeRefusal.Running
        : run.Status.IsSuspended ? ResumeRefusal.Suspended
        : IsAborted(run) ? ResumeRefusal.Aborted
        : run.Status == RunStatus.Failed || run.Status == RunStatus.Interrupted ? null
        : ResumeRefusal.Completed;

    private static bool GoesBack(ResumeMode mode) => mode is ResumeMode.FromCheckpoint or ResumeMode.Branch;

    private static bool IsAborted(RunRecord run) => run.Status == RunStatus.Failed && run.Reason == RunReason.Aborted;
}
