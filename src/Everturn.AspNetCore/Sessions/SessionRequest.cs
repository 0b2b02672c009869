using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    /// <summary>The agent server that the route belongs to; null where none was registered.</summary>
    public AgentServer? Server => Http.GetEndpoint()?.Metadata.GetMetadata<AgentServer>();

    /// <summary>The header that says the same as a request id in the body; null where it is absent.</summary>
    public string? IdempotencyKey => RequestFields.IdempotencyKey(Http);

    /// <summary>What begins runs of an agent.</summary>
    /// <exception cref="AgentNotFoundException">This process has no such agent, or none at all.</exception>
    public IAgentExecutor Executor(string agentType)
    {
        if (Server?.Options is { Agents: { } own } options && !own.Has(agentType))
        {
            throw new AgentNotFoundException(agentType, options.ServedTypes!);
        }
        if (Http.RequestServices.GetService<AgentRegistry>() is { } agents && !agents.Has(agentType))
        {
            throw new AgentNotFoundException(agentType, agents.GetRegisteredTypes());
        }
        return AnyExecutor(agentType);
    }

    /// <summary>What stops runs, also of agents that this process does not have.</summary>
    /// <exception cref="AgentNotFoundException">This process has no agent at all.</exception>
    public IAgentExecutor AnyExecutor(string agentType) =>
        Http.RequestServices.GetService<IAgentExecutor>() ?? throw new AgentNotFoundException(agentType, []);

    /// <summary>Calls a hook on whose answer the request depends.</summary>
    public Task<T> DecideAsync<T>(string hook, Func<Task<T>> call) =>
        HookCalls.DecideAsync(hook, Server!.Logger(Http.RequestServices), call, Aborted);

    /// <summary>Calls a hook after the fact. A client that went away does not stop it; a host that stops does.</summary>
    public Task<T?> TellAsync<T>(string hook, Func<CancellationToken, Task<T?>> call)
    {
        var stopping = Service<IHostApplicationLifetime>().ApplicationStopping;
        return HookCalls.TellAsync(hook, Server!.Logger(Http.RequestServices), () => call(stopping));
    }

    /// <summary>Calls a hook after the fact. A client that went away does not stop it; a host that stops does.</summary>
    public Task TellAsync(string hook, Func<CancellationToken, Task> call)
    {
        var stopping = Service<IHostApplicationLifetime>().ApplicationStopping;
        return HookCalls.TellAsync(hook, Server!.Logger(Http.RequestServices), () => call(stopping));
    }

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
