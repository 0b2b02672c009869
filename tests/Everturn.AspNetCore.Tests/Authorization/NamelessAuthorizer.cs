using System.Security.Claims;

namespace Everturn.AspNetCore.Tests;

/// <summary>The default rules for callers that have no id.</summary>
internal sealed class NamelessAuthorizer : IEverturnAuthorizer
{
    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    ) => OwnerAuthorizer.Instance.AuthorizeAsync(Nobody, resource, action, cancellationToken);

    public string? GetUserId(ClaimsPrincipal principal) => null;

    private static ClaimsPrincipal Nobody => new(new ClaimsIdentity([], "test"));
}
