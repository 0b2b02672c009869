using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Takes sessions up again: resumes and retries.</summary>
/// <param name="store">The session store.</param>
/// <param name="agents">Finds definitions.</param>
/// <param name="acceptance">Commits the run.</param>
/// <param name="time">The clock.</param>
internal sealed class RunContinuer(ISessionStore store, RunAgents agents, RunAcceptance acceptance, TimeProvider time)
{
    /// <param name="key">The session.</param>
    /// <param name="expected">The agent that the session must have; null for any.</param>
    /// <param name="continuation">What is asked for.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    public async ValueTask<(RunRecord Run, bool IsReplay)> ContinueAsync(
        SessionKey key,
        AgentDefinition? expected,
        Continuation continuation,
        CancellationToken cancellationToken
    )
    {
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        var runId = ServerId.New(time);
        while (true)
        {
            // Asked first: repeated, a request gives its run, whatever has become of the session since.
            if (await ReplayAsync(key, continuation, cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return (earlier, true);
            }

            var snapshot =
                await store.GetSnapshotAsync(key, 1, cancellationToken).ConfigureAwait(false)
                ?? throw new SessionNotFoundException(key.SessionId);
            if (expected is not null && expected.Name != snapshot.Session.AgentType)
            {
                throw new AgentMismatchException(key.SessionId, expected.Name, snapshot.Session.AgentType);
            }

            var asked = await ResumeRules.AskedAsync(store, snapshot.Run, cancellationToken).ConfigureAwait(false);
            var isAwaited = ResumeRules.IsAwaited(snapshot.OpenToolCalls, asked, continuation.Messages.Count > 0);
            if (ResumeRules.RefuseResume(snapshot.Run, isAwaited, continuation.Mode) is { } reason)
            {
                // What is in the way may be the request's own run, begun by a repetition since it was asked for.
                return await ReplayAsync(key, continuation, cancellationToken).ConfigureAwait(false) is { } begun
                    ? (begun, true)
                    : throw new CannotResumeException(key.SessionId, reason, snapshot.Run?.RunId, snapshot.Run?.Status);
            }

            var agent = await agents
                .ResolveAsync(
                    snapshot.Session.AgentType,
                    expected,
                    key,
                    runId,
                    snapshot.Session.UserId,
                    cancellationToken
                )
                .ConfigureAwait(false);
            var plan = new ContinuationPlan(snapshot, agent, continuation, asked, time)
            {
                Target = await ContinuationTarget
                    .FindAsync(store, continuation, snapshot.Run!, cancellationToken)
                    .ConfigureAwait(false),
            };
            await plan.LookBackAsync(store, cancellationToken).ConfigureAwait(false);
            var commit = plan.Commit(acceptance.NewRun(agent, runId, continuation.Trigger));
            var result = await acceptance.CommitAsync(agent, commit, cancellationToken).ConfigureAwait(false);
            switch (result.Outcome)
            {
                case SessionCommitOutcome.Applied:
                    return (result.Run!, false);
                case SessionCommitOutcome.SessionNotFound or SessionCommitOutcome.SessionDeleted:
                    throw new SessionNotFoundException(key.SessionId);
                default:
                    // Somebody was faster: what there is to continue is looked at anew.
                    continue;
            }
        }
    }

    private async ValueTask<RunRecord?> ReplayAsync(
        SessionKey key,
        Continuation continuation,
        CancellationToken cancellationToken
    )
    {
        if (continuation.RequestId is not { } requestId)
        {
            return null;
        }

        var run = await store.GetRunByRequestAsync(key, requestId, cancellationToken).ConfigureAwait(false);
        return run is null || run.BodyHash == continuation.BodyHash
            ? run
            : throw new RequestConflictException(requestId);
    }
}
