using System.Security.Claims;
using Everturn.AspNetCore;

namespace ApiKeys;

/// <summary>Owners do what they like with their own; operators read everything and stop what runs wild.</summary>
internal sealed class OperatorAuthorizer : IEverturnAuthorizer
{
    public async ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    ) =>
        (principal.IsInRole("operator") && (action == EverturnAction.Read || action == EverturnAction.Control))
        || await OwnerAuthorizer.Instance.AuthorizeAsync(principal, resource, action, cancellationToken);

    public ValueTask<EverturnListScope> GetListScopeAsync(
        ClaimsPrincipal principal,
        EverturnResourceKind kind,
        string tenant,
        CancellationToken cancellationToken = default
    ) =>
        principal.IsInRole("operator")
            ? new(EverturnListScope.All)
            : OwnerAuthorizer.Instance.GetListScopeAsync(principal, kind, tenant, cancellationToken);
}
