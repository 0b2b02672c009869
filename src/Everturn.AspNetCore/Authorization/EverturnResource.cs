using Everturn.Sessions;

namespace Everturn.AspNetCore;

/// <summary>What somebody wants to do something with: what an authorizer decides by.</summary>
public sealed record EverturnResource
{
    /// <summary>What sort of thing it is.</summary>
    public required EverturnResourceKind Kind { get; init; }

    /// <summary>The tenant it belongs to, the same as the request's.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Its id: of the session, the instance or the object.</summary>
    public required string Id { get; init; }

    /// <summary>The agent, workflow or class.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// Whose it is; for one that is to be created, whose it will be. An instance is the user's whom its call asks, where the
    /// request is about that call. Null for nobody's.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>Whether it is there, or is about to be created.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>The session itself, where it is one and exists: for decisions by tag or metadata.</summary>
    public SessionRecord? Session { get; init; }

    /// <summary>The instance behind a call that a workflow made, for what is asked of the call's user.</summary>
    /// <param name="call">The call, of an instance.</param>
    public static EverturnResource Of(PendingCallRecord call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new()
        {
            Kind = EverturnResourceKind.Workflow,
            Tenant = call.Session.Tenant,
            Id = call.InstanceId ?? throw new ArgumentException("It is the call of a session's run.", nameof(call)),
            Type = call.Workflow,
            UserId = call.UserId,
        };
    }

    /// <summary>A session as a resource.</summary>
    /// <param name="session">The session's record.</param>
    public static EverturnResource Of(SessionRecord session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new()
        {
            Kind = EverturnResourceKind.Session,
            Tenant = session.Key.Tenant,
            Id = session.Key.SessionId,
            Type = session.AgentType,
            UserId = session.UserId,
            Session = session,
        };
    }
}
