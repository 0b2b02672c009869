using System.Security.Claims;

namespace Everturn.AspNetCore.Tests;

/// <summary>Owners do as they like; auditors read everything.</summary>
internal sealed class TeamAuthorizer : IEverturnAuthorizer
{
    public async ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    ) =>
        (action == EverturnAction.Read && principal.IsInRole("auditor"))
        || await OwnerAuthorizer.Instance.AuthorizeAsync(principal, resource, action, cancellationToken);

    public ValueTask<EverturnListScope> GetListScopeAsync(
        ClaimsPrincipal principal,
        EverturnResourceKind kind,
        string tenant,
        CancellationToken cancellationToken = default
    ) =>
        principal.IsInRole("auditor")
            ? new(EverturnListScope.All)
            : OwnerAuthorizer.Instance.GetListScopeAsync(principal, kind, tenant, cancellationToken);
}
