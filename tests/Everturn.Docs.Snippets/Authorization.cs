using Everturn.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Authorization
{
    public static void Map(WebApplication app)
    {
        app.MapEverturn().RequireAuthorization(); // or .AllowAnonymous(); a fallback policy counts too
    }

    public static void MapApart(WebApplication app)
    {
        app.MapEverturnSessions().RequireAuthorization();
        app.MapEverturnWorkflows().RequireAuthorization("operators");
    }

    public static void AddRules(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IEverturnAuthorizer, OperatorAuthorizer>();
    }

    public static void Describe(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options => options.AddEverturn());
        var app = builder.Build();
        app.MapOpenApi(); // GET /openapi/v1.json
    }
}
