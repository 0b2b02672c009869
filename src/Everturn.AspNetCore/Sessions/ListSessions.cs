using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions</c>: the tenant's sessions, newest first.</summary>
internal static class ListSessions
{
    private static readonly SessionStatus[] Statuses =
    [
        SessionStatus.Active,
        SessionStatus.Interrupted,
        SessionStatus.Completed,
        SessionStatus.Failed,
    ];

    public static async Task HandleAsync(SessionRequest request)
    {
        var query = request.Query;
        var sessions = await ReadAsync(
                request,
                new()
                {
                    Tenant = request.Tenant,
                    AgentType = AgentType(query.Text("agentType")),
                    UserId = query.Text("userId"),
                    Tag = query.Text("tag"),
                    Status = Status(query.Text("status")),
                    Text = query.Text("text"),
                    Page = query.Page(),
                }
            )
            .ConfigureAwait(false);
        var response = new SessionsResponse(
            [.. sessions.Items.Select(SessionView.Of)],
            sessions.NextCursor is not null,
            sessions.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.SessionsResponse).ConfigureAwait(false);
    }

    // A page may be shorter than asked for where somebody may not see all of it; its cursor goes on all the same.
    private static async ValueTask<Page<SessionRecord>> ReadAsync(SessionRequest request, SessionQuery query)
    {
        var authorization = request.Authorization;
        var scope = await authorization
            .NarrowAsync(EverturnResourceKind.Session, request.Tenant, query.UserId)
            .ConfigureAwait(false);
        if (scope == EverturnListScope.None)
        {
            return new([], NextCursor: null);
        }
        query = query with { UserId = scope.UserId };
        var page = await request.Store.ListSessionsAsync(query, request.Aborted).ConfigureAwait(false);
        return authorization.IsOpen
            ? page
            : page with
            {
                Items = await ReadableAsync(authorization, page.Items).ConfigureAwait(false),
            };
    }

    private static async ValueTask<List<SessionRecord>> ReadableAsync(
        AuthorizationRequest authorization,
        IReadOnlyList<SessionRecord> sessions
    )
    {
        var readable = new List<SessionRecord>(sessions.Count);
        foreach (var session in sessions)
        {
            if (
                await authorization.AllowsAsync(EverturnResource.Of(session), EverturnAction.Read).ConfigureAwait(false)
            )
            {
                readable.Add(session);
            }
        }
        return readable;
    }

    private static string? AgentType(string? name)
    {
        if (name is not null)
        {
            Identifiers.CheckAgentName(name, "agentType");
        }
        return name;
    }

    private static SessionStatus? Status(string? name) =>
        name is null ? null
        : Array.Exists(Statuses, status => status.Value == name) ? new(name)
        : throw new InvalidInputException("status", "It is active, interrupted, completed or failed.");
}
