using Everturn.Agents;
using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Approvals;

/// <summary>The commit that records an answer, or that there was none in time.</summary>
/// <param name="session">The session, as it was read first.</param>
/// <param name="snapshot">The session with its run; null where it is gone.</param>
/// <param name="decided">The call with its outcome.</param>
/// <param name="others">The further rows of the same run, answered or not.</param>
/// <param name="suspension">What the run waits for.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerPlan(
    SessionRecord session,
    SessionSnapshot? snapshot,
    PendingCallRecord decided,
    IReadOnlyList<PendingCallRecord> others,
    SuspensionRecord? suspension,
    TimeProvider time
)
{
    private static readonly RunStatus[] Suspended = [RunStatus.SuspendedClientTool, RunStatus.SuspendedStepPartial];

    private readonly List<PendingCallRecord> _waiting =
    [
        .. others.Where(call => call.Status == PendingCallStatus.Pending),
    ];

    /// <summary>The model's ids of the calls that still wait.</summary>
    public IReadOnlyList<string> Remaining => _waiting.ConvertAll(call => call.ToolCallId);

    /// <summary>For the state that it begins with; null where this process does not know it.</summary>
    public AgentDefinition? Agent { get; init; }

    /// <param name="resume">Whether the last answer resumes the run, whatever the agent says.</param>
    public SessionCommit Commit(bool resume)
    {
        var commit = new SessionCommit
        {
            Session = session.Key,
            Kind = CommitKind.PendingAnswer,
            At = time.GetUtcNow(),
            ExpectedVersion = session.Version,
            PendingCalls = [decided],
        };
        // A run that executes their siblings looks for answers before it ends.
        if (snapshot?.Run is not { } run || run.RunId != decided.RunId || !Suspended.Contains(run.Status))
        {
            return commit;
        }

        return decided is { Status: var status, OnExpiry: var outcome }
            && status == PendingCallStatus.Expired
            && outcome == ExpiryOutcome.Error
                ? Fail(commit, run)
            : _waiting.Count > 0 ? LeaveRest(commit, run)
            : resume || suspension is { ResumesItself: true } ? commit with { Outbox = [Resume(run)] }
            : commit;
    }

    private SessionCommit LeaveRest(SessionCommit commit, RunRecord run)
    {
        var left = (
            suspension
            ?? new()
            {
                RunId = run.RunId,
                Kind = run.Status,
                Step = run.StepCount + 1,
            }
        ) with
        {
            Kind = RunStatus.SuspendedStepPartial,
            ToolCallIds = Remaining,
            ExpiresAt = _waiting.Min(call => call.ExpiresAt),
        };
        var chunks = new ChunkFactory(run, time);
        return commit with
        {
            RunId = run.RunId,
            Step = left.Step,
            Suspension = left,
            RunChange = new() { From = Suspended, Status = RunStatus.SuspendedStepPartial },
            Chunks = [chunks.Suspended(left.Step, RunStatus.SuspendedStepPartial, Remaining)],
        };
    }

    private SessionCommit Fail(SessionCommit commit, RunRecord run)
    {
        var error = $"Nobody answered call '{decided.ToolCallId}' of {decided.ToolName} in time.";
        var step = run.StepCount + 1;
        var closed = OpenStep.Close(snapshot!.OpenToolCalls, [decided, .. others], run, snapshot.State, Agent, time);
        var chunks = new ChunkFactory(run, time);
        return commit with
        {
            RunId = run.RunId,
            Step = step,
            State = closed?.State,
            ToolCalls = closed?.Calls ?? [],
            Messages = closed?.Results ?? [],
            PendingCalls = [decided, .. HeldCalls.Withdraw(_waiting, commit.At)],
            RunChange = new()
            {
                From = Suspended,
                Status = RunStatus.Failed,
                Reason = RunReason.CallExpired,
                Error = error,
            },
            Chunks = [.. closed?.Chunks ?? [], chunks.Error(step, error, RunReason.CallExpired, recoverable: false)],
        };
    }

    private static OutboxEntry Resume(RunRecord run) =>
        new()
        {
            Session = run.Session,
            Kind = OutboxKind.ResumeRun,
            InstanceId = run.InstanceId,
            Token = run.RunId,
        };
}
