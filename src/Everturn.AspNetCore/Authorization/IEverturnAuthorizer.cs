using System.Security.Claims;

namespace Everturn.AspNetCore;

/// <summary>
/// Decides who may do what with which session, workflow instance or stateful agent. It comes after ASP.NET Core's
/// own authorization of the endpoint, and applies to every endpoint alike: requests, event streams, WebSockets and
/// lists. Register one to replace the default, <see cref="OwnerAuthorizer"/>.
/// </summary>
/// <remarks>
/// What may not even be read is answered as if it were not there (404), so that nobody learns of another's resources;
/// what may be read but not acted on as asked is 403. A stream is asked for when it is opened, not again while it lasts.
/// </remarks>
public interface IEverturnAuthorizer
{
    /// <summary>Decides.</summary>
    /// <param name="principal">Who asks: the request's user, not authenticated where endpoints are open.</param>
    /// <param name="resource">What with.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Cancelled when the request is.</param>
    ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    );

    /// <summary>How much of a list somebody may see. Default: their own, and without a user id none.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="kind">What is listed.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancelled when the request is.</param>
    ValueTask<EverturnListScope> GetListScopeAsync(
        ClaimsPrincipal principal,
        EverturnResourceKind kind,
        string tenant,
        CancellationToken cancellationToken = default
    ) => new(GetUserId(principal) is { } userId ? EverturnListScope.OfUser(userId) : EverturnListScope.None);

    /// <summary>
    /// The id by which somebody owns what they create. Default: the claim
    /// <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>; null where there is none.
    /// </summary>
    /// <param name="principal">Who asks.</param>
    string? GetUserId(ClaimsPrincipal principal) => OwnerAuthorizer.UserIdOf(principal);
}
