using Everturn.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A request about a session, or about the list of them: what every handler needs.</summary>
/// <param name="http">The request.</param>
/// <param name="tenant">Its tenant.</param>
/// <param name="loaded">The session's record, where it was read already.</param>
internal readonly struct SessionRequest(HttpContext http, string tenant, SessionRecord? loaded = null)
{
    public HttpContext Http { get; } = http;

    /// <summary>The session as it was when the request was authorized; null where nobody had to look.</summary>
    public SessionRecord? Loaded { get; } = loaded;

    public AuthorizationRequest Authorization => new(Http);

    public string Tenant { get; } = tenant;

    public HttpResponse Response => Http.Response;

    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Aborted => Http.RequestAborted;

    public ISessionStore Store => Service<ISessionStore>();

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>The same request, with the session's record.</summary>
    public SessionRequest With(SessionRecord session) => new(Http, Tenant, session);

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
        Loaded
        ?? await Store.GetSessionAsync(key, Aborted).ConfigureAwait(false)
        ?? throw new SessionNotFoundException(key.SessionId);
}
