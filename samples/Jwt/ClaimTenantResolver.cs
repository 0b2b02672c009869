using Everturn.AspNetCore;

namespace Jwt;

/// <summary>The tenant is what the token says.</summary>
internal sealed class ClaimTenantResolver : ITenantResolver
{
    public ValueTask<string> ResolveAsync(HttpContext context) => new(context.User.FindFirst("tenant")?.Value ?? "");
}
