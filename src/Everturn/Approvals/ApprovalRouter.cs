using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Approvals;

/// <summary>The calls of agents' runs and of workflows' instances as one list; each is answered where it belongs.</summary>
/// <param name="instances">Those of instances.</param>
/// <param name="sessions">Has the calls of runs; null in a host without a session store.</param>
/// <param name="runs">Answers those; null in a host without agents.</param>
internal sealed class ApprovalRouter(InstanceDesk instances, ISessionStore? sessions, ApprovalDesk? runs) : IApprovals
{
    public async Task<Page<PendingCallRecord>> ListAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    ) => await ListAsync(query, query, cancellationToken).ConfigureAwait(false);

    /// <summary>One list of what two queries find that begin at the same place.</summary>
    /// <param name="ofRuns">Which of runs; null for none.</param>
    /// <param name="ofInstances">Which of instances; null for none.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async ValueTask<Page<PendingCallRecord>> ListAsync(
        PendingCallQuery? ofRuns,
        PendingCallQuery? ofInstances,
        CancellationToken cancellationToken
    )
    {
        var found = new Page<PendingCallRecord>([], NextCursor: null);
        if (ofRuns is { Workflow: null } && sessions is not null)
        {
            found = await sessions.ListPendingCallsAsync(ofRuns, cancellationToken).ConfigureAwait(false);
        }

        return ofInstances is { AgentType: null, SessionId: null }
            ? PendingCallPages.Merge(
                found,
                await instances.ListAsync(ofInstances, cancellationToken).ConfigureAwait(false),
                ofInstances.Page.Limit
            )
            : found;
    }

    public async Task<PendingCallRecord?> GetAsync(
        string approvalId,
        string tenant = "",
        CancellationToken cancellationToken = default
    )
    {
        AnswerRules.CheckId(approvalId, "approvalId");
        var ofRun = sessions is null
            ? null
            : await sessions.FindPendingCallAsync(tenant, approvalId, cancellationToken).ConfigureAwait(false);
        return ofRun ?? await instances.FindAsync(tenant, approvalId, cancellationToken).ConfigureAwait(false);
    }

    public async Task<AnswerReceipt> AnswerAsync(
        string approvalId,
        ToolAnswer answer,
        AnswerOptions? options = null,
        string tenant = "",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(answer);
        var call =
            await GetAsync(approvalId, tenant, cancellationToken).ConfigureAwait(false)
            ?? throw new PendingCallNotFoundException(approvalId);
        return call.InstanceId is null
            ? await Runs(call.AgentType)
                .SubmitAsync(call.Session, approvalId, answer, options, cancellationToken)
                .ConfigureAwait(false)
            : await instances.AnswerAsync(call, answer, options ?? new(), cancellationToken).ConfigureAwait(false);
    }

    public async Task<AnswerReceipt> SubmitAsync(
        SessionKey key,
        string callId,
        ToolAnswer answer,
        AnswerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        if (runs is null)
        {
            throw new SessionNotFoundException(key.SessionId);
        }

        return await runs.SubmitAsync(key, callId, answer, options, cancellationToken).ConfigureAwait(false);
    }

    public async Task<PendingCallRecord> RevokeGrantAsync(
        string approvalId,
        string tenant = "",
        CancellationToken cancellationToken = default
    )
    {
        var call =
            await GetAsync(approvalId, tenant, cancellationToken).ConfigureAwait(false)
            ?? throw new PendingCallNotFoundException(approvalId);
        // An instance asks each time: there is no grant to take back.
        return call.InstanceId is null
            ? await Runs(call.AgentType).RevokeGrantAsync(call, cancellationToken).ConfigureAwait(false)
            : call;
    }

    private ApprovalDesk Runs(string agentType) => runs ?? throw new AgentNotFoundException(agentType, []);
}
