using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.WebSockets;

/// <summary>
/// Which pages may open a WebSocket. Browsers ask nobody before they open one to another site, and send that site's
/// cookies along, so the server has to look (RFC 6455, section 10.2).
/// </summary>
internal static class SocketOrigin
{
    /// <summary>Whether a request comes from a page that may, or from no page at all.</summary>
    public static bool IsAllowed(HttpRequest request, IList<string> allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || allowed.Contains("*"))
        {
            return true;
        }
        return allowed.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || (
                Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && string.Equals(page.Authority, Authority(request), StringComparison.OrdinalIgnoreCase)
            );
    }

    // Without the port where it is the scheme's own, as Uri.Authority has it.
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var uri) ? uri.Authority : "";
}
