using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;

namespace Everturn.Agents;

/// <summary>Stops runs, wherever they execute: by a command to their owner, or at once where they have none.</summary>
/// <param name="store">The session store.</param>
/// <param name="agents">The agents that this process knows.</param>
/// <param name="hooks">Called where a run ends here.</param>
/// <param name="time">The clock.</param>
internal sealed class RunControl(ISessionStore store, AgentRegistry agents, EndHooks hooks, TimeProvider time)
{
    private static readonly RunStatus[] Suspended =
    [
        RunStatus.SuspendedClientTool,
        RunStatus.SuspendedAwaitingChildren,
        RunStatus.SuspendedStepPartial,
    ];

    private static readonly RunStatus[] Resumable = [.. Suspended, RunStatus.Interrupted];

    private const int MaxReasonLength = 1_024;

    /// <summary>The command for an interrupt.</summary>
    public static CommandKind KindOf(InterruptMode mode) =>
        mode == InterruptMode.AtCheckpoint ? CommandKind.InterruptAtCheckpoint : CommandKind.Interrupt;

    /// <returns>The run when the command was accepted, or as it is where it has ended.</returns>
    /// <exception cref="InvalidInputException">The reason is too long.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    public async ValueTask<RunRecord> StopAsync(
        SessionKey key,
        string runId,
        CommandKind kind,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        if (reason is { Length: > MaxReasonLength })
        {
            throw new InvalidInputException("reason", $"It has at most {MaxReasonLength} characters.");
        }

        var now = time.GetUtcNow();
        var result = await store
            .CommitAsync(
                new()
                {
                    Session = key,
                    Kind = CommitKind.Command,
                    At = now,
                    Command = new()
                    {
                        Session = key,
                        RunId = runId,
                        Kind = kind,
                        Reason = reason,
                        CreatedAt = now,
                    },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!result.IsApplied)
        {
            throw new SessionNotFoundException(key.SessionId);
        }

        if (result.Run!.Status == RunStatus.Queued)
        {
            return await CancelAsync(result.Run, kind, reason, cancellationToken).ConfigureAwait(false);
        }

        if (result.Run is { ParentRunId: { } joined } && result.Run.Status == RunStatus.Joined)
        {
            return await StopAsync(key, joined, kind, reason, cancellationToken).ConfigureAwait(false);
        }

        var from = kind == CommandKind.Abort ? Resumable : Suspended;
        return from.Contains(result.Run.Status)
            ? await EndAsync(result.Run, from, kind, reason, cancellationToken).ConfigureAwait(false)
            : result.Run;
    }

    /// <summary>Lets a message wait no more. Does nothing where it does not wait any more.</summary>
    public async ValueTask WithdrawAsync(
        SessionKey key,
        QueueSettlement settlement,
        CancellationToken cancellationToken
    ) =>
        await store
            .CommitAsync(
                new()
                {
                    Session = key,
                    Kind = CommitKind.RunQueue,
                    At = time.GetUtcNow(),
                    Settled = [settlement],
                },
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Whether a session can be resumed.</summary>
    public async ValueTask<ResumeCheck> CanResumeAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var snapshot =
            await store.GetSnapshotAsync(key, 0, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(key.SessionId);
        var run = snapshot.Run;
        var asked = await ResumeRules.AskedAsync(store, run, cancellationToken).ConfigureAwait(false);
        var checkpoints = await store.ListCheckpointsAsync(key, new(), cancellationToken).ConfigureAwait(false);
        var reason = ResumeRules.RefuseResume(run, ResumeRules.IsAwaited(snapshot.OpenToolCalls, asked, false));
        return new()
        {
            CanResume = reason is null,
            Reason = reason,
            Status = run?.Status,
            CheckpointId = checkpoints.Items.FirstOrDefault(checkpoint => !checkpoint.IsVoided)?.CheckpointId,
            State = JsonBytes.Parse(snapshot.State),
        };
    }

    // It may begin, or join a run, at the same time: then it is stopped as what it has become.
    private async ValueTask<RunRecord> CancelAsync(
        RunRecord queued,
        CommandKind kind,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var settlement =
            kind == CommandKind.Abort
                ? new QueueSettlement(
                    queued.RunId,
                    RunStatus.Failed,
                    RunReason.Aborted,
                    reason ?? "It was withdrawn before it began."
                )
                : new(queued.RunId, RunStatus.Interrupted, reason ?? RunReason.UserRequested);
        await WithdrawAsync(queued.Session, settlement, cancellationToken).ConfigureAwait(false);
        var run =
            await store.GetRunAsync(queued.Session, queued.RunId, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(queued.Session.SessionId);
        return run.Status.IsEnded
            ? run
            : await StopAsync(queued.Session, queued.RunId, kind, reason, cancellationToken).ConfigureAwait(false);
    }

    // Nobody executes it, so nobody would obey a command: whoever asks ends it, once.
    private async ValueTask<RunRecord> EndAsync(
        RunRecord run,
        IReadOnlyList<RunStatus> from,
        CommandKind kind,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var snapshot = await store.GetSnapshotAsync(run.Session, 0, cancellationToken).ConfigureAwait(false);
            if (snapshot?.Run is not { } current || current.RunId != run.RunId)
            {
                // Continued by another run in the meantime: it stays what it was.
                return run;
            }

            if (!from.Contains(current.Status))
            {
                return current;
            }

            var calls = await store
                .GetPendingCallsAsync(run.Session, run.RunId, cancellationToken)
                .ConfigureAwait(false);
            var result = await store
                .CommitEndAsync(End(snapshot, calls, from, kind, reason), snapshot.State, cancellationToken)
                .ConfigureAwait(false);
            if (result.IsApplied)
            {
                await hooks.AnnounceAsync(run.Session, run.RunId, CancellationToken.None).ConfigureAwait(false);
                return result.Run!;
            }
        }
    }

    private SessionCommit End(
        SessionSnapshot snapshot,
        IReadOnlyList<PendingCallRecord> calls,
        IReadOnlyList<RunStatus> from,
        CommandKind kind,
        string? reason
    )
    {
        var now = time.GetUtcNow();
        var run = snapshot.Run!;
        var closed = OpenStep.Close(
            snapshot.OpenToolCalls,
            calls,
            run,
            snapshot.State,
            agents.Get(run.AgentType),
            time
        );
        var chunks = new ChunkFactory(run, time);
        var step = run.StepCount + 1;
        var (change, chunk) = RunEnding.Of(kind, reason, step, chunks);
        var checkpoint = closed is null ? null : Checkpoint(snapshot, closed, change.Status!.Value, now);
        return new()
        {
            Session = run.Session,
            Kind = CommitKind.RunEnd,
            At = now,
            RunId = run.RunId,
            ExpectedVersion = snapshot.Session.Version,
            Step = step,
            RunChange = change with { From = from },
            State = closed?.State,
            ToolCalls = closed?.Calls ?? [],
            Messages = closed?.Results ?? [],
            Checkpoint = checkpoint,
            Chunks =
            [
                .. closed?.Chunks ?? [],
                .. checkpoint is null
                    ? (ReadOnlyMemory<byte>[])[]
                    : [chunks.CheckpointCreated(step, checkpoint.CheckpointId), chunks.StepCommitted(step)],
                chunk,
            ],
            PendingCalls = HeldCalls.Withdraw(calls, now),
        };
    }

    // The step is over, and with it its calls.
    private static CheckpointRecord Checkpoint(
        SessionSnapshot snapshot,
        OpenStep closed,
        RunStatus status,
        DateTimeOffset now
    )
    {
        var stepCount = snapshot.Session.StepCount + 1;
        return new()
        {
            CheckpointId = CheckpointId.New(snapshot.Session.Key.SessionId, stepCount, now),
            RunId = snapshot.Run!.RunId,
            StepCount = stepCount,
            State = closed.State ?? snapshot.State,
            Status = status,
            CreatedAt = now,
        };
    }
}
