using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore;

/// <summary>The resolver of an application that registered none: there is one tenant, and its name is empty.</summary>
internal sealed class SingleTenantResolver : ITenantResolver
{
    public static readonly SingleTenantResolver Instance = new();

    private SingleTenantResolver() { }

    public ValueTask<string> ResolveAsync(HttpContext context) => new("");
}
