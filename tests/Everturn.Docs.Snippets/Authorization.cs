using Microsoft.AspNetCore.Builder;

namespace Snippets;

internal static class Authorization
{
    public static void Map(WebApplication app)
    {
        app.MapEverturn().RequireAuthorization(); // or .AllowAnonymous(); a fallback policy counts too
    }
}
