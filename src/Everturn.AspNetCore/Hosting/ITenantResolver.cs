using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore;

/// <summary>
/// Says which tenant a request belongs to, from what the server knows of the caller: a claim, the host name, a route.
/// Never from a header that the caller may choose. Register one to have more than the one tenant with the empty name.
/// </summary>
public interface ITenantResolver
{
    /// <summary>The request's tenant.</summary>
    /// <param name="context">The request, authenticated and authorized.</param>
    ValueTask<string> ResolveAsync(HttpContext context);
}
