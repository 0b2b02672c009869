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
        var sessions = await request
            .Store.ListSessionsAsync(
                new()
                {
                    Tenant = request.Tenant,
                    AgentType = AgentType(query.Text("agentType")),
                    UserId = query.Text("userId"),
                    Tag = query.Text("tag"),
                    Status = Status(query.Text("status")),
                    Text = query.Text("text"),
                    Page = query.Page(),
                },
                request.Aborted
            )
            .ConfigureAwait(false);
        var response = new SessionsResponse(
            [.. sessions.Items.Select(SessionView.Of)],
            sessions.NextCursor is not null,
            sessions.NextCursor
        );
        await request.Response.WriteAsync(response, EverturnHttpJson.Default.SessionsResponse).ConfigureAwait(false);
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
