using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>
/// A request's path as it was sent. Names are used undecoded, as the npm clients and upstream's router do, so the
/// decoded path of ASP.NET Core is of no use.
/// </summary>
internal static class AgentPath
{
    /// <summary>The target as it was sent, path and query.</summary>
    public static string Target(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is ['/', ..])
        {
            return target;
        }
        // A proxy's absolute form, or a server that does not keep it.
        return Uri.TryCreate(target, UriKind.Absolute, out var absolute)
            ? absolute.PathAndQuery
            : http.Request.PathBase.ToUriComponent() + http.Request.Path.ToUriComponent() + http.Request.QueryString;
    }

    /// <summary>The path's segments, empty ones left out.</summary>
    /// <param name="target">The target.</param>
    /// <exception cref="InvalidInputException">A segment is <c>.</c> or <c>..</c>, however it is written.</exception>
    public static string[] Segments(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // ASP.NET Core has resolved them already: what authorized the request would have seen another path than we do.
        if (segments.Any(segment => Uri.UnescapeDataString(segment) is "." or ".."))
        {
            throw new InvalidInputException("path", "A segment is neither '.' nor '..'.");
        }
        return segments;
    }
}
