using Everturn.Agents;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;

namespace Everturn.AspNetCore;

/// <summary>Who may do what with sessions. Every route of sessions comes through here before its handler.</summary>
internal static class SessionAccess
{
    /// <summary>Checks a request for the session in its path.</summary>
    /// <returns>The request, with the session's record where it was read.</returns>
    /// <exception cref="HttpProblemException">It is not allowed.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    public static async ValueTask<SessionRequest> CheckAsync(SessionRequest request, EverturnAction action)
    {
        var authorization = request.Authorization;
        // A list has no session of its own; it asks for each that it shows.
        if (authorization.IsOpen || !request.Http.Request.RouteValues.ContainsKey("sessionId"))
        {
            return request;
        }
        var key = request.Key();
        var session = await request.Store.GetSessionAsync(key, request.Aborted).ConfigureAwait(false);
        if (session is null)
        {
            // A start creates it. Whose it will be is in the body, which OwnAsync judges.
            return action == EverturnAction.Start ? request : throw new SessionNotFoundException(key.SessionId);
        }
        await authorization
            .DemandAsync(EverturnResource.Of(session), action, Problems.SessionNotFound(key.SessionId))
            .ConfigureAwait(false);
        return request.With(session);
    }

    /// <summary>
    /// Says whose session a start works on: the user in the body, else the session's own, else the caller. The commit
    /// is refused where the session turns out to be another's, so that nobody slips in between check and commit.
    /// </summary>
    /// <param name="request">The request, checked for a start.</param>
    /// <param name="agentType">The agent.</param>
    /// <param name="options">What the body says.</param>
    /// <returns>The options to execute with.</returns>
    /// <exception cref="HttpProblemException">The caller may not begin a session for that user.</exception>
    public static async ValueTask<ExecuteOptions> OwnAsync(
        SessionRequest request,
        string agentType,
        ExecuteOptions options
    )
    {
        var authorization = request.Authorization;
        if (authorization.IsOpen)
        {
            return options;
        }
        var session = request.Loaded;
        var owner = options.UserId ?? (session is null ? authorization.UserId : session.UserId);
        var resource = new EverturnResource
        {
            Kind = EverturnResourceKind.Session,
            Tenant = request.Tenant,
            Id = options.SessionId!,
            Type = agentType,
            UserId = owner,
            Exists = session is not null,
            Session = session,
        };
        // To give a session to another user is no matter of a start.
        var changesOwner = session is not null && owner != session.UserId;
        if (
            !await authorization.AllowsAsync(resource, EverturnAction.Start).ConfigureAwait(false)
            || (
                changesOwner
                && !await authorization
                    .AllowsAsync(EverturnResource.Of(session!), EverturnAction.Operate)
                    .ConfigureAwait(false)
            )
        )
        {
            throw new HttpProblemException(
                Problems.Forbidden(resource, EverturnAction.Start) with
                {
                    Field = options.UserId is null ? null : "userId",
                }
            );
        }
        return options with { UserId = owner, ExpectedUserId = session is null ? owner : session.UserId };
    }
}
