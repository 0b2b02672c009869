using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Approvals;

/// <summary><c>GET /approvals</c>: calls of all the tenant's sessions that wait for somebody outside.</summary>
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

    private static async ValueTask<Page<PendingCallRecord>> ReadAsync(SessionRequest request, PendingCallQuery query)
    {
        var scope = await request
            .Authorization.NarrowAsync(EverturnResourceKind.Session, request.Tenant, query.UserId)
            .ConfigureAwait(false);
        if (scope == EverturnListScope.None)
        {
            return new([], NextCursor: null);
        }
        query = query with { UserId = scope.UserId };
        return await request.Store.ListPendingCallsAsync(query, request.Aborted).ConfigureAwait(false);
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
            if (!sessions.TryGetValue(call.Session, out var session))
            {
                session = await request.Store.GetSessionAsync(call.Session, request.Aborted).ConfigureAwait(false);
                if (session is not null && !await MayReadAsync(authorization, session).ConfigureAwait(false))
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

    private static async ValueTask<bool> MayReadAsync(AuthorizationRequest authorization, SessionRecord session) =>
        authorization.IsOpen
        || await authorization.AllowsAsync(EverturnResource.Of(session), EverturnAction.Read).ConfigureAwait(false);

    private static PendingCallStatus Status(string? name) =>
        name is null ? PendingCallStatus.Pending
        : Array.Exists(Statuses, status => status.Value == name) ? new(name)
        : throw new InvalidInputException("status", "It is pending, approved, denied, answered, expired or withdrawn.");
}
