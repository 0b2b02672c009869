using Everturn.Approvals;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Approvals;

/// <summary><c>GET /approvals</c>: calls of all the tenant's sessions and workflows that wait for somebody outside.</summary>
internal static class ListApprovals
{
    private static readonly PendingCallStatus[] Statuses =
    [
        PendingCallStatus.Pending,
        PendingCallStatus.Approved,
        PendingCallStatus.Denied,
        PendingCallStatus.Answered,
        PendingCallStatus.Expired,
        PendingCallStatus.Withdrawn,
    ];

    public static async Task HandleAsync(SessionRequest request)
    {
        var query = request.Query;
        var agentType = query.Text("agentType");
        if (agentType is not null)
        {
            Identifiers.CheckAgentName(agentType, "agentType");
        }
        var workflow = query.Text("workflow");
        if (workflow is not null)
        {
            WorkflowIdentifiers.CheckWorkflowName(workflow);
        }
        var sessionId = query.Text("sessionId");
        if (sessionId is not null)
        {
            Identifiers.CheckSessionId(sessionId, "sessionId");
        }
        var page = await ReadAsync(
                request,
                new()
                {
                    Tenant = request.Tenant,
                    Status = Status(query.Text("status")),
                    AgentType = agentType,
                    Workflow = workflow,
                    SessionId = sessionId,
                    UserId = query.Text("userId"),
                    Page = query.Page(),
                }
            )
            .ConfigureAwait(false);
        var response = new ApprovalsResponse(
            await ViewsAsync(request, page.Items).ConfigureAwait(false),
            page.NextCursor is not null,
            page.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.ApprovalsResponse).ConfigureAwait(false);
    }

    private static async ValueTask<Page<PendingCallRecord>> ReadAsync(SessionRequest request, PendingCallQuery query) =>
        await request
            .Service<ApprovalRouter>()
            .ListAsync(
                await NarrowAsync(request, query, EverturnResourceKind.Session).ConfigureAwait(false),
                await NarrowAsync(request, query, EverturnResourceKind.Workflow).ConfigureAwait(false),
                request.Aborted
            )
            .ConfigureAwait(false);

    private static async ValueTask<PendingCallQuery?> NarrowAsync(
        SessionRequest request,
        PendingCallQuery query,
        EverturnResourceKind kind
    )
    {
        var scope = await request.Authorization.NarrowAsync(kind, request.Tenant, query.UserId).ConfigureAwait(false);
        return scope == EverturnListScope.None ? null : query with { UserId = scope.UserId };
    }

    // A page may be shorter than asked for where somebody may not see all of it; its cursor goes on all the same.
    private static async ValueTask<List<ApprovalView>> ViewsAsync(
        SessionRequest request,
        IReadOnlyList<PendingCallRecord> calls
    )
    {
        var authorization = request.Authorization;
        var sessions = new Dictionary<SessionKey, SessionRecord?>();
        var views = new List<ApprovalView>(calls.Count);
        foreach (var call in calls)
        {
            if (call.InstanceId is not null)
            {
                if (await MayReadAsync(authorization, EverturnResource.Of(call)).ConfigureAwait(false))
                {
                    views.Add(ApprovalView.Of(call, session: null, inList: true));
                }
                continue;
            }
            if (!sessions.TryGetValue(call.Session, out var session))
            {
                session = await request.Store.GetSessionAsync(call.Session, request.Aborted).ConfigureAwait(false);
                if (
                    session is not null
                    && !await MayReadAsync(authorization, EverturnResource.Of(session)).ConfigureAwait(false)
                )
                {
                    session = null;
                }
                sessions.Add(call.Session, session);
            }
            if (session is not null)
            {
                views.Add(ApprovalView.Of(call, session, inList: true));
            }
        }
        return views;
    }

    private static async ValueTask<bool> MayReadAsync(AuthorizationRequest authorization, EverturnResource resource) =>
        authorization.IsOpen || await authorization.AllowsAsync(resource, EverturnAction.Read).ConfigureAwait(false);

    private static PendingCallStatus Status(string? name) =>
        name is null ? PendingCallStatus.Pending
        : Array.Exists(Statuses, status => status.Value == name) ? new(name)
        : throw new InvalidInputException("status", "It is pending, approved, denied, answered, expired or withdrawn.");
}
