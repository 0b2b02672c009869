using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore;

/// <summary>One request's side of authorization: who asks, and whom to ask about them. The same for every kind of resource.</summary>
/// <param name="http">The request.</param>
internal readonly struct AuthorizationRequest(HttpContext http)
{
    private readonly IEverturnAuthorizer _authorizer =
        http.RequestServices.GetService<IEverturnAuthorizer>() ?? OwnerAuthorizer.Instance;

    private ClaimsPrincipal Principal => http.User;

    /// <summary>Whether everything is allowed, so that no record has to be read to find out.</summary>
    public bool IsOpen => _authorizer is OwnerAuthorizer && OwnerAuthorizer.IsOpenTo(Principal);

    /// <summary>The id by which the caller owns what they create.</summary>
    public string? UserId => _authorizer.GetUserId(Principal);

    public ValueTask<bool> AllowsAsync(EverturnResource resource, EverturnAction action) =>
        _authorizer.AuthorizeAsync(Principal, resource, action, http.RequestAborted);

    public ValueTask<EverturnListScope> GetScopeAsync(EverturnResourceKind kind, string tenant) =>
        _authorizer.GetListScopeAsync(Principal, kind, tenant, http.RequestAborted);

    /// <summary>What a list may show of a user's resources, or of everybody's.</summary>
    /// <param name="kind">What is listed.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="userId">The only user asked for; null for all.</param>
    public async ValueTask<EverturnListScope> NarrowAsync(EverturnResourceKind kind, string tenant, string? userId)
    {
        var scope = IsOpen ? EverturnListScope.All : await GetScopeAsync(kind, tenant).ConfigureAwait(false);
        if (userId is null || scope.UserId == userId)
        {
            return scope;
        }
        return scope.IsAll ? EverturnListScope.OfUser(userId) : EverturnListScope.None;
    }

    /// <summary>Insists on an action.</summary>
    /// <param name="resource">What with.</param>
    /// <param name="action">What to do.</param>
    /// <param name="notFound">The answer where the caller may not know that it exists.</param>
    /// <exception cref="HttpProblemException">It is not allowed: 404 where it may not be read either, else 403.</exception>
    public async ValueTask DemandAsync(EverturnResource resource, EverturnAction action, Problem notFound)
    {
        if (await AllowsAsync(resource, action).ConfigureAwait(false))
        {
            return;
        }
        var mayRead =
            action != EverturnAction.Read && await AllowsAsync(resource, EverturnAction.Read).ConfigureAwait(false);
        throw new HttpProblemException(mayRead ? Problems.Forbidden(resource, action) : notFound);
    }
}
