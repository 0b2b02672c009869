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
    ) => Read(key, session => session?.PendingCalls.GetValueOrDefault(approvalId), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyList<PendingCallRecord>>(
            key,
            session =>
                session is null
                    ? []
                    :
                    [
                        .. session
                            .PendingCalls.Values.Where(call => call.RunId == runId)
                            .OrderBy(call => call.ApprovalId, StringComparer.Ordinal),
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
                _sessions
                    .Values.Where(session => session.Record.Key.Tenant == query.Tenant)
                    .SelectMany(session => session.PendingCalls.Values)
                    .Where(call => call.Status == query.Status),
            static call => CursorOf(call.RequestedAt, $"{call.Session.SessionId}\n{call.ApprovalId}"),
            newestFirst: false,
            cancellationToken
        );
    }
}
