using Everturn.AspNetCore;
using Everturn.AspNetCore.StatefulAgents;
using Everturn.Conformance.Host.Agents;

namespace Everturn.Conformance.Host;

/// <summary>The server that the suites of Cloudflare Agents' clients are driven against.</summary>
public static class ConformanceApp
{
    /// <summary>Puts the application together.</summary>
    /// <param name="args">The command line: <c>--urls</c>, and <c>--data</c> for the folder of the data.</param>
    /// <param name="configure">Changes the application.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The fixtures fail on purpose.
        builder.Logging.AddFilter("Everturn", LogLevel.Critical);
        builder.Services.Configure<StreamConnectionOptions>(options => options.AllowedOrigins.Add("*"));
        EverturnJson.AddResolver(ConformanceJson.Default);
        var data = builder.Configuration["data"] ?? Directory.CreateTempSubdirectory("everturn-conformance-").FullName;
        builder
            .Services.AddEverturn()
            .UseSqlite(options => options.DataDirectory = data)
            .AddStatefulAgent<TestStateAgent>()
            .AddStatefulAgent<TestCallableAgent>()
            .AddStatefulAgent<TestInheritingAgent>()
            .AddStatefulAgent<TestReadonlyAgent>()
            .AddStatefulAgent<TestProtocolMessagesAgent>()
            .AddStatefulAgent<TestNoIdentityAgent>()
            .AddStatefulAgent<TestStatelessAgent>()
            .AddStatefulAgent<TestGreetingAgent>()
            .AddStatefulAgent<TestFailingAgent>()
            .AddStatefulAgent<TestDyingAgent>();
        configure?.Invoke(builder);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/500", () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        app.MapGet("/memory", () => GC.GetTotalMemory(forceFullCollection: true));
        var open = app.MapGroup("").AllowAnonymous();
        open.MapEverturnAgents(configure: Configure);
        open.MapEverturnAgents("/api", Configure);
        open.MapStatefulAgent<TestStateAgent>("/custom-state/{name}", Name, Configure);
        open.MapStatefulAgent<TestCallableAgent>("/custom-callable/{name}", Name, Configure);
        open.MapStatefulAgent<TestNoIdentityAgent>("/custom-no-identity/{name}", Name, Configure);
        open.MapStatefulAgent<TestStateAgent>("/user", _ => "auth-user", Configure);
        open.MapStatefulAgent<TestStateAgent>("/by-query", http => http.Request.Query["user"], Configure);
    }

    private static string? Name(HttpContext http) => http.Request.RouteValues["name"] as string;

    private static void Configure(AgentRoutingOptions options)
    {
        options.AllowAnyOrigin();
        options.OnBeforeConnect = context =>
        {
            if (context.Http.Request.Query["deny"] == "true")
            {
                context.Refuse(4401, "Not allowed");
            }
            return Forbid(context);
        };
        options.OnBeforeRequest = Forbid;
    }

    private static ValueTask<IResult?> Forbid(AgentRouteContext context) =>
        new(context.Id.Name == "forbidden" ? Results.StatusCode(StatusCodes.Status403Forbidden) : null);
}
