using Everturn.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Snippets;

internal sealed class ClaimTenantResolver : ITenantResolver
{
    public ValueTask<string> ResolveAsync(HttpContext context) => new(context.User.FindFirst("tenant")?.Value ?? "");
}
