using Everturn.Agents;
using Everturn.Loop;
using Everturn.Loop.Holding;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Approvals;

/// <summary>Answers pending calls of runs: each answer is one commit, and the first one counts.</summary>
/// <param name="store">The session store.</param>
/// <param name="agents">Has the schemas that edited arguments must fit.</param>
/// <param name="outbox">Told of what an answer leaves to be done.</param>
/// <param name="ends">Called where a run fails since nobody answered.</param>
/// <param name="limits">For the size of answers.</param>
/// <param name="time">The clock.</param>
internal sealed class ApprovalDesk(
    ISessionStore store,
    RunAgents agents,
    AnswerOutbox outbox,
    EndHooks ends,
    EverturnLimits limits,
    TimeProvider time
)
{
    /// <inheritdoc cref="IApprovals.SubmitAsync"/>
    public async Task<AnswerReceipt> SubmitAsync(
        SessionKey key,
        string callId,
        ToolAnswer answer,
        AnswerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(answer);
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        AnswerRules.CheckId(callId, "callId");
        options ??= new();
        AnswerRules.Check(answer, options, limits, time.GetUtcNow());
        while (true)
        {
            // First of all: what is read after it is at least as new, or the commit is refused.
            var session =
                await store.GetSessionAsync(key, cancellationToken).ConfigureAwait(false)
                ?? throw new SessionNotFoundException(key.SessionId);
            var call =
                await FindAsync(key, callId, cancellationToken).ConfigureAwait(false)
                ?? throw new PendingCallNotFoundException(callId);
            if (call.Status != PendingCallStatus.Pending)
            {
                if (!AnswerRules.IsSame(call, answer))
                {
                    throw new AnswerConflictException(call);
                }

                if (
                    await ReplayAsync(session, call, options.Resume, cancellationToken).ConfigureAwait(false) is
                    { } replay
                )
                {
                    return replay;
                }

                continue;
            }

            var now = time.GetUtcNow();
            if (call.ExpiresAt <= now)
            {
                await ExpireAsync(call, cancellationToken).ConfigureAwait(false);
                continue;
            }

            AnswerRules.CheckFits(call, answer);
            await CheckArgumentsAsync(session, call, answer, cancellationToken).ConfigureAwait(false);
            var decided = AnswerRules.Decide(call, answer, options.DecidedBy, now);
            if (
                await CommitAsync(session, decided, options.Resume, cancellationToken).ConfigureAwait(false) is
                { } receipt
            )
            {
                return receipt;
            }
        }
    }

    /// <summary>Takes the grant of an approval back, if it has one.</summary>
    public async Task<PendingCallRecord> RevokeGrantAsync(PendingCallRecord found, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session =
                await store.GetSessionAsync(found.Session, cancellationToken).ConfigureAwait(false)
                ?? throw new PendingCallNotFoundException(found.ApprovalId);
            var call = await store
                .GetPendingCallAsync(found.Session, found.ApprovalId, cancellationToken)
                .ConfigureAwait(false);
            if (call is null or { GrantedUntil: null })
            {
                return call ?? throw new PendingCallNotFoundException(found.ApprovalId);
            }

            var revoked = call with { GrantedUntil = null };
            var commit = Row(session, revoked);
            if ((await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false)).IsApplied)
            {
                return revoked;
            }
        }
    }

    /// <summary>Lets the default outcome of a call apply whose time is over. Does nothing where it has another by now.</summary>
    public async Task ExpireAsync(PendingCallRecord expired, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await store.GetSessionAsync(expired.Session, cancellationToken).ConfigureAwait(false);
            var call = await store
                .GetPendingCallAsync(expired.Session, expired.ApprovalId, cancellationToken)
                .ConfigureAwait(false);
            if (session is null || call?.Status != PendingCallStatus.Pending)
            {
                return;
            }

            var decided = AnswerRules.Expire(call, time.GetUtcNow());
            if (await CommitAsync(session, decided, false, cancellationToken).ConfigureAwait(false) is not null)
            {
                if (call.OnExpiry == ExpiryOutcome.Error)
                {
                    await ends.AnnounceAsync(call.Session, call.RunId, cancellationToken).ConfigureAwait(false);
                }

                return;
            }
        }
    }

    // Null where something changed meanwhile: it is looked at anew.
    private async ValueTask<AnswerReceipt?> CommitAsync(
        SessionRecord session,
        PendingCallRecord decided,
        bool resume,
        CancellationToken cancellationToken
    )
    {
        var snapshot = await store.GetSnapshotAsync(session.Key, 0, cancellationToken).ConfigureAwait(false);
        var asked = await store
            .GetPendingCallsAsync(session.Key, decided.RunId, cancellationToken)
            .ConfigureAwait(false);
        var others = asked.Where(call => call.ApprovalId != decided.ApprovalId).ToList();
        var suspension = await store
            .GetSuspensionAsync(session.Key, decided.RunId, cancellationToken)
            .ConfigureAwait(false);
        var plan = new AnswerPlan(session, snapshot, decided, others, suspension, time)
        {
            Agent = agents.Find(session.AgentType),
        };
        var commit = plan.Commit(resume);
        var result = await store
            .CommitEndAsync(commit, snapshot?.State ?? default, cancellationToken)
            .ConfigureAwait(false);
        if (!result.IsApplied)
        {
            return null;
        }

        if (commit.Outbox.Count > 0)
        {
            outbox.Wake();
        }

        return new()
        {
            Call = decided,
            Remaining = plan.Remaining,
            Resumes = commit.Outbox.Any(entry => entry.Kind == OutboxKind.ResumeRun),
        };
    }

    private SessionCommit Row(SessionRecord session, PendingCallRecord call) =>
        new()
        {
            Session = session.Key,
            Kind = CommitKind.PendingAnswer,
            At = time.GetUtcNow(),
            ExpectedVersion = session.Version,
            PendingCalls = [call],
        };

    // Whoever forgot to resume with the last answer gives it again. Null where something changed meanwhile.
    private async ValueTask<AnswerReceipt?> ReplayAsync(
        SessionRecord session,
        PendingCallRecord call,
        bool resume,
        CancellationToken cancellationToken
    )
    {
        var asked = await store.GetPendingCallsAsync(call.Session, call.RunId, cancellationToken).ConfigureAwait(false);
        var remaining = asked
            .Where(each => each.Status == PendingCallStatus.Pending)
            .Select(each => each.ToolCallId)
            .ToList();
        var receipt =
            resume && remaining.Count == 0 && session.CurrentRunId == call.RunId
                ? await CommitAsync(session, call, resume, cancellationToken).ConfigureAwait(false)
                : new() { Call = call, Remaining = remaining };
        return receipt is null ? null : receipt with { IsReplay = true };
    }

    private async ValueTask<PendingCallRecord?> FindAsync(
        SessionKey key,
        string callId,
        CancellationToken cancellationToken
    )
    {
        if (await store.GetPendingCallAsync(key, callId, cancellationToken).ConfigureAwait(false) is { } call)
        {
            return call;
        }

        var calls = await store.GetPendingCallsOfToolCallAsync(key, callId, cancellationToken).ConfigureAwait(false);
        return calls.FirstOrDefault(each => each.Status == PendingCallStatus.Pending)
            ?? (calls.Count == 0 ? null : calls[0]);
    }

    private async ValueTask CheckArgumentsAsync(
        SessionRecord session,
        PendingCallRecord call,
        ToolAnswer answer,
        CancellationToken cancellationToken
    )
    {
        if (answer.Arguments is not { } edited)
        {
            return;
        }

        var agent = await agents
            .ResolveAsync(session.AgentType, null, session.Key, call.RunId, session.UserId, cancellationToken)
            .ConfigureAwait(false);
        if (!agent.Tools.TryGetValue(call.ToolName, out var tool))
        {
            throw new InvalidInputException(
                "arguments",
                $"Agent '{agent.Name}' has no tool '{call.ToolName}' any more."
            );
        }

        if (ArgumentSchema.Misfit(tool.Declaration.JsonSchema, edited) is { } misfit)
        {
            throw new InvalidInputException("arguments", $"They do not fit the tool: {misfit}.");
        }
    }
}
