using Everturn.Sessions;
using Everturn.Sessions.Storage;

namespace Everturn.Memory;

/// <content>Messages that wait for the run in their way.</content>
public sealed partial class InMemorySessionStore
{
    /// <inheritdoc />
    public ValueTask<IReadOnlyList<QueuedRun>> GetQueueAsync(
        SessionKey key,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyList<QueuedRun>>(
            key,
            static session => session is null ? [] : [.. QueueOrder.Of(session.Waiting)],
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SessionRecord>> ListQueuedSessionsAsync(
        SessionKey? after,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new([
                .. _queued
                    .Where(key => after is not { } last || Compare(key, last) > 0)
                    .Order(Comparer<SessionKey>.Create(Compare))
                    .Take(limit)
                    .Select(key => _sessions[key].Record),
            ]);
        }
    }

    private static int Compare(SessionKey left, SessionKey right)
    {
        var byTenant = string.CompareOrdinal(left.Tenant, right.Tenant);
        return byTenant != 0 ? byTenant : string.CompareOrdinal(left.SessionId, right.SessionId);
    }
}
