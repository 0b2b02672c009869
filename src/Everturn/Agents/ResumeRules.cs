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
