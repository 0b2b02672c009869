using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore;

/// <summary>
/// Answers what no route below a prefix answers, as a problem like all others: 405 where another method would do, else
/// 404. Comes after every other route of the application.
/// </summary>
internal sealed class UnknownRoute
{
    private UnknownRoute() { }

    /// <summary>Marks the routes of this kind, which are not offered as ways to go.</summary>
    public static readonly UnknownRoute Marker = new();

    public static void Map(IEndpointRouteBuilder group) =>
        group
            .Map("{**path}", AnswerAsync)
            .WithDisplayName("Everturn: unknown path")
            .WithMetadata(Marker, EverturnEndpointMetadata.Instance)
            .ExcludeFromDescription()
            .WithOrder(int.MaxValue);

    private static Task AnswerAsync(HttpContext http)
    {
        var allowed = MethodsFor(http);
        if (allowed.Length == 0)
        {
            return http.Response.WriteAsync(Problems.NoSuchRoute());
        }
        http.Response.Headers.Allow = string.Join(", ", allowed);
        return http.Response.WriteAsync(Problems.MethodNotAllowed(http.Request.Method, allowed));
    }

    private static string[] MethodsFor(HttpContext http) =>
        [
            .. http
                .RequestServices.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(route => IsAWay(route, http.Request.Path))
                .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static bool IsAWay(RouteEndpoint route, PathString path) =>
        route.Metadata.GetMetadata<EverturnEndpointMetadata>() is not null
        && route.Metadata.GetMetadata<UnknownRoute>() is null
        && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(path, []);
}
