namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}</c>: the session's record.</summary>
internal static class GetSession
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var session = await request.SessionAsync(request.Key()).ConfigureAwait(false);
        await request
            .Response.WriteAsync(SessionView.Of(session), EverturnHttpJson.Default.SessionView)
            .ConfigureAwait(false);
    }
}
