using System.Security.Claims;
using Everturn.AspNetCore;

namespace Snippets;

internal sealed class WorkflowOperatorAuthorizer : IEverturnAuthorizer
{
    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    ) =>
        resource.Kind == EverturnResourceKind.Workflow
            ? new(principal.IsInRole("operator"))
            : OwnerAuthorizer.Instance.AuthorizeAsync(principal, resource, action, cancellationToken);

    public ValueTask<EverturnListScope> GetListScopeAsync(
        ClaimsPrincipal principal,
        EverturnResourceKind kind,
        string tenant,
        CancellationToken cancellationToken = default
    ) =>
        kind == EverturnResourceKind.Workflow && principal.IsInRole("operator")
            ? new(EverturnListScope.All)
            : OwnerAuthorizer.Instance.GetListScopeAsync(principal, kind, tenant, cancellationToken);
}
