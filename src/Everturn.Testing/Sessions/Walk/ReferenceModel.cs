using System.Text;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Testing.Sessions.Walk;

/// <summary>
/// The session store as one would explain it: plain lists and one check after another, for comparison. It shares
/// nothing with the stores' own rules but the contract's types.
/// </summary>
internal sealed partial class ReferenceModel(WalkNodes nodes)
{
    private const string OwnershipLost = nameof(OwnershipLostException);
    private readonly Dictionary<SessionKey, ModelSession> _sessions = [];
    private readonly List<OutboxEntry> _outbox = [];

    public ModelSession? Find(SessionKey key) =>
        _sessions.TryGetValue(key, out var session) && session.DeletedAt is null ? session : null;

    /// <summary>Applies a commit and describes its result.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="instanceCreated">Whether the store created the instance at once, which it may.</param>
    public string Commit(SessionCommit commit, bool instanceCreated)
    {
        _sessions.TryGetValue(commit.Session, out var session);
        if (Refuse(commit, session) is { } refusal)
        {
            return refusal;
        }

        var command = commit.Command;
        var target = command is null ? null : session!.Runs.First(run => run.Id == command.RunId);
        if (target is { IsRunning: false } && IsOnlyCommand(commit))
        {
            return Applied(session!, target, session!.LastSequence + 1);
        }

        session ??= Create(commit);
        var first = session.LastSequence + 1;
        ChangeFields(session, commit);
        if (commit.Rewind is { } rewind)
        {
            GoBack(session, rewind.MessageCount, commit);
        }

        var run = commit.RunId is null ? null : session.Current;
        if (commit.NewRun is { } begun)
        {
            run = Begin(session, begun, commit, instanceCreated);
        }

        Append(session, commit, commit.NewRun is null ? commit.RunId : run!.Id);
        if (commit.NewRun is not null)
        {
            run!.StartState = session.State;
        }

        if (target is { IsRunning: true })
        {
            target.Commands.Add(command! with { Revision = target.Commands.Count + 1 });
            run = target;
        }

        if (run is not null)
        {
            Advance(session, run, commit);
        }

        session.Version++;
        session.UpdatedAt = commit.At;
        return Applied(session, run, first);
    }

    public string CompareAndSet(SessionKey key, SessionStatus expected, SessionStatus status, DateTimeOffset at)
    {
        if (Find(key) is not { } session)
        {
            return nameof(SessionNotFoundException);
        }

        var ok = session.Status == expected;
        if (ok)
        {
            session.Status = status;
            session.Version++;
            session.UpdatedAt = at;
        }

        return $"{ok} {session.Status} {session.Version}";
    }

    public string Delete(SessionKey key, DateTimeOffset at)
    {
        if (Find(key) is not { } session)
        {
            return nameof(SessionCommitOutcome.SessionNotFound);
        }

        if (session.Runs.Exists(run => run.IsRunning))
        {
            return nameof(SessionCommitOutcome.StatusConflict);
        }

        session.DeletedAt = at;
        foreach (var run in session.Runs)
        {
            DeleteInstance(session, run);
        }

        return nameof(SessionCommitOutcome.Applied);
    }

    public string Reactivate(SessionKey key, DateTimeOffset at)
    {
        if (Find(key) is not { } session)
        {
            return nameof(SessionNotFoundException);
        }

        if (session.Stream != StreamStatus.Active)
        {
            session.Stream = StreamStatus.Active;
            session.Version++;
            session.UpdatedAt = at;
        }

        return "done";
    }

    public string RecordUsage(SessionKey key, UsageEntry entry)
    {
        if (Find(key) is not { } session)
        {
            return nameof(SessionNotFoundException);
        }

        session.Usage.Add(entry);
        session.Version++;
        session.UpdatedAt = entry.Timestamp;
        return "done";
    }

    public void CompleteOutbox(SessionKey key) => _outbox.RemoveAll(entry => entry.Session == key);

    private static string Applied(ModelSession session, ModelRun? run, long first) =>
        $"Applied version={session.Version} status={session.Status} run={run?.Id} first={first}";

    private static bool IsOnlyCommand(SessionCommit commit) =>
        commit is { Messages.Count: 0, Chunks.Count: 0, ToolCalls.Count: 0, Usage.Count: 0, SessionChange: null };

    private string? Refuse(SessionCommit commit, ModelSession? session)
    {
        if (session?.DeletedAt is not null)
        {
            return nameof(SessionCommitOutcome.SessionDeleted);
        }

        if (session is null && commit.NewSession is null)
        {
            return nameof(SessionCommitOutcome.SessionNotFound);
        }

        var same = session?.Runs.Find(run => run.RequestIsKnown && run.Given.RequestId == commit.NewRun?.RequestId);
        if (same is not null)
        {
            return same.Given.BodyHash == commit.NewRun!.BodyHash
                ? $"RequestReplayed {same.Id}"
                : nameof(SessionCommitOutcome.RequestMismatch);
        }

        if (session is not null && commit.NewSession is { } given && given.AgentType != session.Agent)
        {
            return nameof(SessionCommitOutcome.AgentMismatch);
        }

        NodeIdentity?[] acting = [commit.Fence?.Node, commit.Claim, commit.NewRun?.Owner];
        if (acting.Any(node => node is { } known && !nodes.Live.Contains(known)))
        {
            return OwnershipLost;
        }

        var current = session?.Current;
        var isCurrent = commit.RunId is null || commit.RunId == current?.Id;
        if (commit.Fence is not null && isCurrent && current!.Owner != commit.Fence)
        {
            return OwnershipLost;
        }

        return RefuseRun(commit, session, current, isCurrent) ?? RefuseGuards(commit, session, current);
    }

    private static string? RefuseRun(SessionCommit commit, ModelSession? session, ModelRun? current, bool isCurrent)
    {
        const string NotCurrent = nameof(SessionCommitOutcome.RunNotCurrent);
        if (commit.Command is { } command)
        {
            if (session?.Runs.Exists(run => run.Id == command.RunId) != true)
            {
                return NotCurrent;
            }

            if (IsOnlyCommand(commit))
            {
                return null;
            }
        }

        if (!isCurrent)
        {
            return NotCurrent;
        }

        RunStatus[] open = [.. commit.RunChange?.From ?? [RunStatus.Running]];
        var works = commit.RunId is not null && commit.NewRun is null;
        return works && !open.Contains(current!.Status) ? NotCurrent : null;
    }

    private static string? RefuseGuards(SessionCommit commit, ModelSession? session, ModelRun? current)
    {
        if (session is not null)
        {
            var isExpected = commit.ExpectedStatuses?.Contains(session.Status) != false;
            var isFree =
                commit.NewRun is null
                || current is null
                || (!current.IsRunning && (!current.Status.IsSuspended || commit.NewRun.ParentRunId == current.Id));
            if (!isExpected || !isFree)
            {
                return $"StatusConflict version={session.Version} status={session.Status}";
            }
        }

        if (commit.ExpectedVersion is { } version && version != (session?.Version ?? 0))
        {
            return nameof(SessionCommitOutcome.VersionConflict);
        }

        return commit.RunChange is { SeenCommandRevision: { } seen } && current!.Commands.Count > seen
            ? nameof(SessionCommitOutcome.CommandPending)
            : null;
    }

    private ModelSession Create(SessionCommit commit)
    {
        var session = new ModelSession
        {
            Key = commit.Session,
            Agent = commit.NewSession!.AgentType,
            CreatedAt = commit.At,
        };
        _sessions[commit.Session] = session;
        return session;
    }

    private static void ChangeFields(ModelSession session, SessionCommit commit)
    {
        if (commit.NewSession is { } given)
        {
            session.Title ??= given.Title;
            session.UserId = given.UserId ?? session.UserId;
            session.Tags = given.Tags ?? session.Tags;
            session.ExpiresAt = given.ExpiresAt ?? session.ExpiresAt;
        }

        if (commit.SessionChange is { } change)
        {
            session.Title = change.Title ?? session.Title;
            session.UserId = change.UserId ?? session.UserId;
            session.Tags = change.Tags ?? session.Tags;
            session.Metadata = change.Metadata ?? session.Metadata;
            session.ExpiresAt = change.ExpiresAt ?? session.ExpiresAt;
        }
    }

    private static void GoBack(ModelSession session, int count, SessionCommit commit)
    {
        for (var position = count; position < session.Messages.Count; position++)
        {
            session.Voided.Add(new(session.Messages[position], position, commit.NewRun!.RunId, commit.At));
        }

        session.Messages.RemoveRange(count, session.Messages.Count - count);
        for (var index = 0; index < session.Checkpoints.Count; index++)
        {
            if (session.Checkpoints[index].MessageCount > count)
            {
                session.Checkpoints[index] = session.Checkpoints[index] with { IsVoided = true };
            }
        }
    }

    private ModelRun Begin(ModelSession session, NewRun begun, SessionCommit commit, bool instanceCreated)
    {
        var at = commit.At;
        session.Ordinal++;
        session.Turn += begun.Trigger == RunTrigger.Execute || session.Turn == 0 ? 1 : 0;
        var suffix =
            begun.Trigger != RunTrigger.Execute ? $"__{begun.Trigger}__{session.Ordinal}"
            : session.Ordinal > 1 ? $"__turn__{session.Ordinal}"
            : "";
        var run = new ModelRun
        {
            Id = begun.RunId,
            Given = begun,
            Ordinal = session.Ordinal,
            Turn = session.Turn,
            InstanceId = $"agent__{session.Agent}__{session.Key.SessionId}{suffix}",
            StartSequence = session.LastSequence + 1,
            StartMessageCount = session.Messages.Count,
            InputMessageCount = commit.Messages.Count,
            CreatedAt = at,
            Owner = begun.Owner is { } node ? new Fence(node, 1) : null,
            ClaimCount = begun.Owner is null ? 0 : 1,
            StartedAt = begun.Owner is null ? null : at,
            RequestIsKnown = begun.RequestId is not null,
        };
        session.Runs.Add(run);
        session.Status = SessionStatus.Active;
        session.Stream = StreamStatus.Active;
        if (begun.WorkflowName is { } workflow && !instanceCreated)
        {
            var parameters =
                $$"""{"tenant":"{{session.Key.Tenant}}","sessionId":"{{session.Key.SessionId}}","runId":"{{run.Id}}"}""";
            _outbox.Add(
                new()
                {
                    Session = session.Key,
                    Kind = OutboxKind.StartInstance,
                    InstanceId = run.InstanceId,
                    Token = run.Id,
                    WorkflowName = workflow,
                    Parameters = Encoding.UTF8.GetBytes(parameters),
                }
            );
        }

        return run;
    }

    private void Append(ModelSession session, SessionCommit commit, string? runId)
    {
        session.Messages.AddRange(
            commit.Messages.Select(message => message with { RunId = runId, CreatedAt = commit.At })
        );
        foreach (var chunk in commit.Chunks)
        {
            session.Chunks.Add(new(++session.LastSequence, chunk));
        }

        foreach (var call in commit.ToolCalls)
        {
            session.ToolCalls.RemoveAll(old =>
                old.RunId == call.RunId && old.Step == call.Step && old.Index == call.Index
            );
            session.ToolCalls.Add(call);
        }

        foreach (var call in commit.PendingCalls)
        {
            session.PendingCalls.RemoveAll(old => old.ApprovalId == call.ApprovalId);
            session.PendingCalls.Add(call with { Session = session.Key });
        }

        session.Usage.AddRange(commit.Usage);
        session.State = commit.State ?? session.State;
        _outbox.AddRange(commit.Outbox);
    }

    private static void Advance(ModelSession session, ModelRun run, SessionCommit commit)
    {
        if (commit.Claim is { } node)
        {
            run.Owner = new Fence(node, 1 + (run.Owner?.OwnerEpoch ?? 0));
            run.ClaimCount++;
            run.StartedAt ??= commit.At;
        }

        var carries = commit.Chunks.Count + commit.Messages.Count + commit.ToolCalls.Count > 0;
        if (commit.Fence is not null && (carries || commit.Checkpoint is not null))
        {
            run.ClaimCount = 0;
        }

        if (commit.Checkpoint is { } checkpoint)
        {
            run.Steps++;
            session.Steps++;
            session.Checkpoints.Add(
                checkpoint with
                {
                    MessageCount = session.Messages.Count,
                    Sequence = session.LastSequence,
                }
            );
        }

        run.Suspension = commit.Suspension ?? run.Suspension;
        if (commit.RunChange is { Status: { } status } change)
        {
            run.Status = status;
            run.Reason = change.Reason ?? run.Reason;
            run.Output = change.Output ?? run.Output;
            run.EndSequence = session.LastSequence;
            run.EndedAt = commit.At;
            session.Status =
                status == RunStatus.Completed ? SessionStatus.Completed
                : status == RunStatus.Failed ? SessionStatus.Failed
                : status == RunStatus.Interrupted ? SessionStatus.Interrupted
                : SessionStatus.Active;
            session.Stream =
                status == RunStatus.Completed ? StreamStatus.Ended
                : status == RunStatus.Failed ? StreamStatus.Failed
                : StreamStatus.Paused;
        }
    }

    private void DeleteInstance(ModelSession session, ModelRun run)
    {
        if (run.Given.WorkflowName is { } workflow)
        {
            _outbox.Add(
                new()
                {
                    Session = session.Key,
                    Kind = OutboxKind.DeleteInstance,
                    InstanceId = run.InstanceId,
                    Token = run.Id,
                    WorkflowName = workflow,
                }
            );
        }
    }
}
