using Everturn.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A request about a session, or about the list of them: what every handler needs.</summary>
/// <param name="http">The request.</param>
/// <param name="tenant">Its tenant.</param>
internal readonly struct SessionRequest(HttpContext http, string tenant)
{
    public HttpContext Http { get; } = http;

    public string Tenant { get; } = tenant;

    public HttpResponse Response => Http.Response;

    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Aborted => Http.RequestAborted;

    public ISessionStore Store => Service<ISessionStore>();

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>The session that the path names.</summary>
    /// <exception cref="InvalidInputException">It is not a session id.</exception>
    public SessionKey Key()
    {
        var sessionId = Http.Request.RouteValues["sessionId"] as string;
        Identifiers.CheckSessionId(sessionId, "sessionId");
        return new(Tenant, sessionId!);
    }

    /// <summary>The session's record.</summary>
    /// <exception cref="SessionNotFoundException">There is none.</exception>
    public async ValueTask<SessionRecord> SessionAsync(SessionKey key) =>
        await Store.GetSessionAsync(key, Aborted).ConfigureAwait(false)
        ?? throw new SessionNotFoundException(key.SessionId);
}
