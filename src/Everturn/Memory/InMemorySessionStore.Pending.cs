using Everturn.Approvals;
using Everturn.Sessions;

namespace Everturn.Memory;

/// <content>What suspended runs wait for.</content>
public sealed partial class InMemorySessionStore
{
    /// <inheritdoc />
    public ValueTask<SuspensionRecord?> GetSuspensionAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => Read(key, session => session?.Suspensions.GetValueOrDefault(runId), cancellationToken);

    /// <inheritdoc />
    public ValueTask<PendingCallRecord?> GetPendingCallAsync(
        SessionKey key,
        string approvalId,
        CancellationToken cancellationToken = default
    ) =>
        Read(
            key,
            session =>
                session?.PendingCalls.GetValueOrDefault(approvalId) is { } call ? WithSession(call, session) : null,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<PendingCallRecord?> FindPendingCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    ) =>
        Read(
            () =>
                AllPending(tenant)
                    .Where(call => call.ApprovalId == approvalId)
                    .MinBy(call => call.Session.SessionId, StringComparer.Ordinal),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) =>
        PendingOf(
            key,
            calls => calls.Where(call => call.RunId == runId).OrderBy(call => call.ApprovalId, StringComparer.Ordinal),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsOfToolCallAsync(
        SessionKey key,
        string toolCallId,
        CancellationToken cancellationToken = default
    ) =>
        PendingOf(
            key,
            calls =>
                calls
                    .Where(call => call.ToolCallId == toolCallId)
                    .OrderByDescending(call => call.RequestedAt)
                    .ThenByDescending(call => call.ApprovalId, StringComparer.Ordinal),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> ListGrantsAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) =>
        PendingOf(
            key,
            calls =>
                calls
                    .Where(call => call.Status == PendingCallStatus.Approved && call.GrantedUntil > at)
                    .OrderBy(call => call.ApprovalId, StringComparer.Ordinal),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> ListExpiredCallsAsync(
        DateTimeOffset at,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyList<PendingCallRecord>>(
            () =>
                [
                    .. AllPending(tenant: null)
                        .Where(call => call.Status == PendingCallStatus.Pending && call.ExpiresAt <= at)
                        .OrderBy(call => call.ExpiresAt)
                        .Take(limit),
                ],
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<Page<PendingCallRecord>> ListPendingCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        return List(
            query.Page,
            () =>
                AllPending(query.Tenant)
                    .Where(call =>
                        call.Status == query.Status
                        && (query.AgentType is null || call.AgentType == query.AgentType)
                        && (query.SessionId is null || call.Session.SessionId == query.SessionId)
                        && (query.Workflow is null || call.Workflow == query.Workflow)
                        && (query.UserId is null || call.UserId == query.UserId)
                    ),
            PendingCallPages.CursorOf,
            newestFirst: false,
            cancellationToken
        );
    }

    private ValueTask<IReadOnlyList<PendingCallRecord>> PendingOf(
        SessionKey key,
        Func<IEnumerable<PendingCallRecord>, IEnumerable<PendingCallRecord>> which,
        CancellationToken cancellationToken
    ) =>
        Read<IReadOnlyList<PendingCallRecord>>(
            key,
            session =>
                session is null
                    ? []
                    : [.. which(session.PendingCalls.Values).Select(call => WithSession(call, session))],
            cancellationToken
        );

    private IEnumerable<PendingCallRecord> AllPending(string? tenant) =>
        _sessions
            .Values.Where(session => tenant is null || session.Record.Key.Tenant == tenant)
            .SelectMany(session => session.PendingCalls.Values.Select(call => WithSession(call, session)));

    // Whose session it is may change; what a row says about it is what is true now.
    private static PendingCallRecord WithSession(PendingCallRecord call, MemorySession session) =>
        call with
        {
            AgentType = session.Record.AgentType,
            UserId = session.Record.UserId,
        };
}
