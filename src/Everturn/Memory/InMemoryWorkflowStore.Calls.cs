using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <content>What instances ask somebody outside for.</content>
public sealed partial class InMemoryWorkflowStore
{
    /// <inheritdoc/>
    public ValueTask<PendingCallRecord?> FindCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    ) => Read(() => Calls(tenant).FirstOrDefault(call => call.ApprovalId == approvalId));

    /// <inheritdoc/>
    public ValueTask<Page<PendingCallRecord>> ListCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Page.Check();
        var after = PageCursor.Parse(query.Page.Cursor);
        return Read(() =>
            PendingCallPages.Page(
                Calls(query.Tenant)
                    .Where(call =>
                        call.Status == query.Status
                        && query.AgentType is null
                        && query.SessionId is null
                        && (query.Workflow is null || call.Workflow == query.Workflow)
                        && (query.UserId is null || call.UserId == query.UserId)
                    ),
                after,
                query.Page.Limit
            )
        );
    }

    /// <inheritdoc/>
    public ValueTask<bool> DecideCallAsync(
        PendingCallRecord decided,
        NewEvent outcome,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(decided);
        ArgumentNullException.ThrowIfNull(outcome);
        return Write(() =>
        {
            if (
                !_instances.TryGetValue(outcome.Key, out var instance)
                || !instance.Calls.TryGetValue(decided.ApprovalId, out var call)
                || call.Status != PendingCallStatus.Pending
            )
            {
                return false;
            }

            instance.Calls[decided.ApprovalId] = decided;
            Append(outcome);
            return true;
        });
    }

    private IEnumerable<PendingCallRecord> Calls(string? tenant) =>
        _instances
            .Values.Where(instance => tenant is null || instance.Record.Key.Tenant == tenant)
            .SelectMany(instance => instance.Calls.Values);
}
