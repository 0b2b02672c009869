using System.Text.Json;
using Everturn.Agents.Steps;
using Everturn.Storage;
using Everturn.Streaming;

namespace Everturn.Sessions.Storage;

/// <summary>The new rows of a commit that was not refused.</summary>
internal static class CommitTransition
{
    public static CommitPlan Plan(PreparedCommit prepared, in StoredFacts facts)
    {
        var commit = prepared.Commit;
        var before = facts.Session ?? SessionFields.Create(commit.Session, commit.NewSession!, prepared.At);
        var command = Number(commit, facts.CurrentRun);
        if (prepared.IsCommandOnly && command is null)
        {
            return Nothing(commit, facts);
        }

        var lastSequence = before.LastSequence + commit.Chunks.Count;
        var kept = Kept(commit, before);
        var messageCount = kept + prepared.Messages.Count;
        var stored = commit.RunId is null && command is null ? null : facts.CurrentRun;
        var run = commit.NewRun is { } begun
            ? Begin(begun, before, facts.CurrentRun, prepared, kept)
            : Advance(stored, prepared, command, lastSequence);
        var changed = SessionFields.Change(before, commit, isNew: facts.Session is null);
        var session = changed with
        {
            Status = StatusOf(commit, before),
            MessageCount = messageCount,
            LastSequence = lastSequence,
            RunOrdinal = commit.NewRun is null ? before.RunOrdinal : run!.Ordinal,
            Turn = commit.NewRun is null ? before.Turn : run!.Turn,
            CurrentRunId = commit.NewRun?.RunId ?? before.CurrentRunId,
            QueuedRuns = QueueTransition.Count(commit, before),
            StepCount = before.StepCount + (commit.Checkpoint is null ? 0 : 1),
            Version = before.Version + 1,
            UpdatedAt = prepared.At,
        };
        return new()
        {
            Outcome = SessionCommitOutcome.Applied,
            Writes = true,
            Session = session,
            IsNewSession = facts.Session is null,
            Stream = StreamOf(commit, facts, session.QueuedRuns),
            Run = run,
            IsNewRun = commit.NewRun is not null,
            RunChanged = commit.NewRun is null && !ReferenceEquals(run, stored),
            FirstMessage = kept,
            VoidsMessages = kept < before.MessageCount,
            FirstSequence = before.LastSequence + 1,
            Checkpoint = commit.Checkpoint is { } checkpoint
                ? checkpoint with
                {
                    MessageCount = messageCount,
                    Sequence = lastSequence,
                }
                : null,
            Command = command,
            Enqueued = QueueTransition.Enqueued(prepared, facts),
            Settled = QueueTransition.Settled(prepared, facts),
            Dequeued = commit.NewRun is { WasQueued: true } queued ? queued.RunId : null,
            Outbox = OutboxOf(commit, run),
        };
    }

    /// <summary>A command for a run that has ended: the asker gets the run, and nothing is written.</summary>
    private static CommitPlan Nothing(SessionCommit commit, in StoredFacts facts) =>
        new()
        {
            Outcome = SessionCommitOutcome.Applied,
            Session = facts.Session,
            Stream = facts.Stream,
            Run = commit.Command!.RunId == facts.CurrentRun?.RunId ? facts.CurrentRun : facts.CommandRun,
            FirstMessage = facts.Session!.MessageCount,
            FirstSequence = facts.Session.LastSequence + 1,
        };

    /// <exception cref="InvalidInputException">There are not so many messages.</exception>
    private static int Kept(SessionCommit commit, SessionRecord before) =>
        commit.Rewind is not { } rewind ? before.MessageCount
        : rewind.MessageCount <= before.MessageCount ? rewind.MessageCount
        : throw new InvalidInputException("rewind.messageCount", $"The transcript has {before.MessageCount} messages.");

    private static CommandRecord? Number(SessionCommit commit, RunRecord? current) =>
        commit.Command is { } command && current is { Status.IsEnded: false } && current.RunId == command.RunId
            ? command with
            {
                Session = commit.Session,
                Revision = current.CommandRevision + 1,
            }
            : null;

    private static RunRecord Begin(
        NewRun begun,
        SessionRecord session,
        RunRecord? previous,
        PreparedCommit prepared,
        int kept
    )
    {
        var ordinal = session.RunOrdinal + 1;
        var others = CountOfOthers(begun, prepared);
        return new()
        {
            Session = session.Key,
            RunId = begun.RunId,
            Ordinal = ordinal,
            Turn = begun.Trigger == RunTrigger.Execute ? session.Turn + 1 : Math.Max(1, session.Turn),
            Trigger = begun.Trigger,
            ParentRunId = begun.ParentRunId,
            RequestId = begun.RequestId,
            BodyHash = begun.BodyHash,
            InstanceId =
                begun.InstanceId ?? InstanceId.For(begun.Trigger, session.AgentType, session.Key.SessionId, ordinal),
            AgentType = session.AgentType,
            DefinitionVersion = begun.DefinitionVersion,
            Runtime = begun.Runtime,
            Server = begun.Server ?? previous?.Server,
            Status = RunStatus.Running,
            StartSequence = session.LastSequence + 1,
            StartMessageCount = kept + others,
            InputMessageCount = prepared.Messages.Count - others,
            Owner = begun.Owner is { } node ? new Fence(node, 1) : null,
            ClaimCount = begun.Owner is null ? 0 : 1,
            CreatedAt = prepared.At,
            StartedAt = begun.Owner is null ? null : prepared.At,
            Deadline = StoredTime.Of(begun.Deadline),
            TraceParent = begun.TraceParent,
        };
    }

    /// <summary>Results with which the step of an earlier run is closed come first, and are none of this run's input.</summary>
    private static int CountOfOthers(NewRun begun, PreparedCommit prepared)
    {
        var count = 0;
        while (count < prepared.Messages.Count && prepared.Messages[count].RunId != begun.RunId)
        {
            count++;
        }

        return count;
    }

    /// <summary>The run's next row; the very same object where nothing in it changes.</summary>
    private static RunRecord? Advance(
        RunRecord? run,
        PreparedCommit prepared,
        CommandRecord? command,
        long lastSequence
    )
    {
        if (run is null)
        {
            return null;
        }

        var commit = prepared.Commit;
        var next = run;
        if (commit.Claim is { } node)
        {
            next = next with
            {
                Owner = new Fence(node, (next.Owner?.OwnerEpoch ?? 0) + 1),
                ClaimCount = next.ClaimCount + 1,
                StartedAt = next.StartedAt ?? prepared.At,
            };
        }

        if (next.ClaimCount > 0 && IsProgress(commit))
        {
            next = next with { ClaimCount = 0 };
        }

        if (command is not null || commit.Checkpoint is not null)
        {
            next = next with
            {
                CommandRevision = command?.Revision ?? next.CommandRevision,
                StepCount = next.StepCount + (commit.Checkpoint is null ? 0 : 1),
            };
        }

        return commit.RunChange is { } change ? Change(next, change, prepared.At, lastSequence) : next;
    }

    private static RunRecord Change(RunRecord run, RunChange change, DateTimeOffset at, long lastSequence)
    {
        var status = change.Status ?? run.Status;
        return run with
        {
            Status = status,
            Reason = change.Reason ?? run.Reason,
            Error = change.Error ?? run.Error,
            Output = change.Output ?? run.Output,
            EndSequence = status.IsEnded ? lastSequence : null,
            EndedAt = status.IsEnded ? at : null,
        };
    }

    /// <summary>Whether an owner got somewhere. A claim is none, whatever it carries.</summary>
    private static bool IsProgress(SessionCommit commit) =>
        commit.Fence is not null
        && (
            commit.Chunks.Count > 0
            || commit.Messages.Count > 0
            || commit.ToolCalls.Count > 0
            || commit.Checkpoint is not null
        );

    private static SessionStatus StatusOf(SessionCommit commit, SessionRecord before) =>
        commit.NewRun is not null ? SessionStatus.Active
        : commit.RunChange?.Status is { } run ? run.SessionStatus
        : commit.SessionChange?.Status ?? before.Status;

    private static StreamStatus StreamOf(SessionCommit commit, in StoredFacts facts, int waiting) =>
        commit.NewRun is not null || facts.Session is null ? StreamStatus.Active
        : commit.RunChange?.Status is { } run ? StreamOf(run, waiting)
        : QueueTransition.Concerns(commit) ? StreamOf(facts.CurrentRun!.Status, waiting)
        : facts.Stream;

    // Where a message waits for the end that has come, more chunks are expected.
    private static StreamStatus StreamOf(RunStatus run, int waiting) =>
        waiting > 0 && run.IsEnded && !run.IsSuspended ? StreamStatus.Active : StreamStatus.Of(run);

    private static IReadOnlyList<OutboxEntry> OutboxOf(SessionCommit commit, RunRecord? run)
    {
        var own =
            commit.NewRun is { WorkflowName: { } workflow } ? Start(run!, workflow)
            : commit.RunChange?.Status is { IsEnded: true, IsSuspended: false } && run?.Server is not null ? End(run)
            : null;
        return own is null ? commit.Outbox
            : commit.Outbox.Count == 0 ? [own]
            : [own, .. commit.Outbox];
    }

    private static OutboxEntry End(RunRecord run) =>
        new()
        {
            Session = run.Session,
            Kind = OutboxKind.RunEnded,
            InstanceId = run.InstanceId,
            Token = run.RunId,
        };

    private static OutboxEntry Start(RunRecord run, string workflow) =>
        new()
        {
            Session = run.Session,
            Kind = OutboxKind.StartInstance,
            InstanceId = run.InstanceId,
            Token = run.RunId,
            WorkflowName = workflow,
            Parameters = JsonSerializer.SerializeToUtf8Bytes(
                new AgentWorkflowInput
                {
                    Tenant = run.Session.Tenant,
                    SessionId = run.Session.SessionId,
                    RunId = run.RunId,
                },
                SessionJsonContext.Stored.AgentWorkflowInput
            ),
        };
}
