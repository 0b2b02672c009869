using System.Security.Claims;
using Everturn.AspNetCore;

namespace Everturn.Conformance.Tests.Routes;

/// <summary>Lets everybody read, and reach what is called open.</summary>
internal sealed class ReadOnlyAuthorizer : IEverturnAuthorizer
{
    public List<EverturnResource> Asked { get; } = [];

    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal principal,
        EverturnResource resource,
        EverturnAction action,
        CancellationToken cancellationToken = default
    )
    {
        lock (Asked)
        {
            Asked.Add(resource);
        }
        return new(resource.Id == "open" || (resource.Id != "hidden" && action == EverturnAction.Read));
    }
}
