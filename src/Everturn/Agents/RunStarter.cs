using System.Diagnostics;
using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;

namespace Everturn.Agents;

/// <summary>Begins the first or next turn of a session.</summary>
/// <param name="store">The session store.</param>
/// <param name="agents">Finds definitions.</param>
/// <param name="acceptance">Commits the run.</param>
/// <param name="time">The clock.</param>
internal sealed class RunStarter(ISessionStore store, RunAgents agents, RunAcceptance acceptance, TimeProvider time)
{
    // An interrupted session can be started too, but its last step may be open: it is looked at first.
    private static readonly SessionStatus[] Ended = [SessionStatus.Completed, SessionStatus.Failed];
    private static readonly SessionStatus[] Interrupted = [SessionStatus.Interrupted];

    /// <param name="agentType">The agent's name.</param>
    /// <param name="given">The definition that the caller handed in; null for a caller that knows the name only.</param>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="options">Session, request id and labels.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    public async ValueTask<(RunRecord Run, bool IsReplay)> StartAsync(
        string agentType,
        AgentDefinition? given,
        AgentInput input,
        ExecuteOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        RunInput.Check(input, options);
        var key = new SessionKey(options.Tenant, options.SessionId ?? ServerId.New(time));
        var runId = ServerId.New(time);
        var agent = await agents
            .ResolveAsync(agentType, given, key, runId, options.UserId, cancellationToken)
            .ConfigureAwait(false);
        if (input.State is { } state)
        {
            RunInput.CheckState(agent, state, "input.state");
        }

        SessionSnapshot? seen = null;
        while (true)
        {
            if (seen is null && input.State is not null)
            {
                seen = await store.GetSnapshotAsync(key, 0, cancellationToken).ConfigureAwait(false);
            }

            var asked = await ResumeRules.AskedAsync(store, seen?.Run, cancellationToken).ConfigureAwait(false);
            var commit = Commit(agent, input, options, key, runId, seen, asked);
            var result = await acceptance.CommitAsync(agent, commit, cancellationToken).ConfigureAwait(false);
            switch (result.Outcome)
            {
                case SessionCommitOutcome.Applied:
                    return (result.Run!, false);
                case SessionCommitOutcome.RequestReplayed:
                    return (result.Run!, true);
                case SessionCommitOutcome.StatusConflict
                    when options.DoubleTexting != DoubleTexting.Reject && IsBusy(result):
                    if (
                        await EnqueueAsync(agent, commit, options, input, cancellationToken).ConfigureAwait(false) is
                        { } queued
                    )
                    {
                        return queued;
                    }

                    // What was in its way has gone in the meantime.
                    seen = null;
                    continue;
                case SessionCommitOutcome.VersionConflict:
                    // The state that the input changes, or the step that it closes, has moved on since it was read.
                    seen = null;
                    continue;
                case SessionCommitOutcome.StatusConflict
                    when result.Session!.Status == SessionStatus.Interrupted && !IsInterrupted(seen):
                    seen = await store.GetSnapshotAsync(key, 0, cancellationToken).ConfigureAwait(false);
                    continue;
                default:
                    throw Refusal(agent, commit, options, result);
            }
        }
    }

    /// <returns>Null where nothing is in its way any more.</returns>
    private async ValueTask<(RunRecord Run, bool IsReplay)?> EnqueueAsync(
        AgentDefinition agent,
        SessionCommit start,
        ExecuteOptions options,
        AgentInput input,
        CancellationToken cancellationToken
    )
    {
        var run = start.NewRun!;
        var queued = new QueuedRun
        {
            Session = start.Session,
            RunId = run.RunId,
            Policy = options.DoubleTexting,
            AgentType = agent.Name,
            RequestId = run.RequestId,
            BodyHash = run.BodyHash,
            Server = run.Server,
            TraceParent = run.TraceParent ?? Activity.Current?.Id,
            Messages = RunInput.Messages(input, run.RunId, start.At),
            StateChange = input.State is { } state ? JsonBytes.Write(state) : default,
            CreatedAt = start.At,
        };
        var commit = new SessionCommit
        {
            Session = start.Session,
            Kind = CommitKind.RunQueue,
            At = start.At,
            ExpectedUserId = start.ExpectedUserId,
            NewSession = start.NewSession,
            Enqueue = queued,
        };
        var result = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        return result.Outcome switch
        {
            SessionCommitOutcome.Applied => (queued.ToRun(), false),
            SessionCommitOutcome.RequestReplayed => (result.Run!, true),
            SessionCommitOutcome.StatusConflict => null,
            _ => throw Refusal(agent, commit, options, result),
        };
    }

    private static bool IsBusy(SessionCommitResult result) =>
        result.Session is { QueuedRuns: > 0 } || result.Run is { Status: { IsEnded: false } or { IsSuspended: true } };

    private SessionCommit Commit(
        AgentDefinition agent,
        AgentInput input,
        ExecuteOptions options,
        SessionKey key,
        string runId,
        SessionSnapshot? seen,
        IReadOnlyList<PendingCallRecord> asked
    )
    {
        var now = time.GetUtcNow();
        var run = acceptance.NewRun(agent, runId, RunTrigger.Execute) with
        {
            Server = options.Server,
            RequestId = options.RequestId,
            BodyHash = options.RequestId is null ? null : RunInput.Hash(agent, input, options),
        };
        var closed = IsInterrupted(seen)
            ? OpenStep.Close(seen!.OpenToolCalls, seen.Run!, seen.State, agent, time, asked)
            : null;
        var state = closed?.State;
        if (input.State is { } change)
        {
            state = RunInput.Merge(agent, state ?? seen?.State ?? default, change, "input.state");
        }

        return new()
        {
            Session = key,
            Kind = CommitKind.RunStart,
            At = now,
            ExpectedStatuses = IsInterrupted(seen) ? Interrupted : Ended,
            ExpectedVersion = seen?.Session.Version,
            ExpectedUserId = options.ExpectedUserId,
            State = state,
            ToolCalls = closed?.Calls ?? [],
            PendingCalls = closed is null ? [] : HeldCalls.Withdraw(asked, now),
            Messages = [.. closed?.Results ?? [], .. RunInput.Messages(input, run.RunId, now)],
            Chunks = closed?.Chunks ?? [],
            NewSession = new()
            {
                AgentType = agent.Name,
                Title = options.Title ?? RunInput.Title(input),
                UserId = options.UserId,
                Tags = options.Tags,
                Metadata = options.Metadata,
                ExpiresAt = RunAcceptance.ExpiryOf(agent, now),
            },
            NewRun = run,
        };
    }

    private static bool IsInterrupted(SessionSnapshot? seen) => seen?.Session.Status == SessionStatus.Interrupted;

    private static EverturnException Refusal(
        AgentDefinition agent,
        SessionCommit commit,
        ExecuteOptions options,
        SessionCommitResult result
    )
    {
        var sessionId = commit.Session.SessionId;
        return result.Outcome switch
        {
            SessionCommitOutcome.AgentMismatch => new AgentMismatchException(
                sessionId,
                agent.Name,
                result.Session!.AgentType
            ),
            SessionCommitOutcome.RequestMismatch => new RequestConflictException(options.RequestId!),
            SessionCommitOutcome.UserMismatch => new SessionNotFoundException(sessionId),
            SessionCommitOutcome.SessionDeleted => new SessionDeletedException(sessionId),
            SessionCommitOutcome.QueueFull => new AgentAlreadyRunningException(
                sessionId,
                result.Session!.CurrentRunId,
                $"{result.Run?.Status.Value ?? "unknown"}, and {result.Session.QueuedRuns} messages wait for it"
            ),
            _ => new AgentAlreadyRunningException(sessionId, result.Session?.CurrentRunId, StatusOf(result)),
        };
    }

    // Between the end of a run and the begin of the one that waits for it, that is what is in the way.
    private static string StatusOf(SessionCommitResult result) =>
        !IsBusy(result) ? result.Session?.Status.Value ?? "unknown"
        : result.Run is { Status: { IsEnded: true, IsSuspended: false } } ? RunStatus.Queued.Value
        : result.Run!.Status.Value;
}
