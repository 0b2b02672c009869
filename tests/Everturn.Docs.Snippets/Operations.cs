using Everturn;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Operations
{
    public static void Health(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddEverturn(tags: ["ready"]);
    }

    public static void Map(WebApplication app)
    {
        app.MapHealthChecks("/ready", new() { Predicate = check => check.Tags.Contains("ready") });
        app.MapHealthChecks("/live", new() { Predicate = _ => false });
    }

    public static void Telemetry(WebApplicationBuilder builder)
    {
        builder
            .Services.AddEverturn()
            .ConfigureTelemetry(o =>
            {
                o.TracePerRun = true;
                o.CaptureContent = true;
            });
    }
}
