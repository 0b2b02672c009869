using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Docs.Snippets;

public static class StatefulAgentRoutes
{
    public static void Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        EverturnJson.AddResolver(RoomJson.Default);
        builder.Services.AddEverturn().UseSqlite(o => o.DataDirectory = "data").AddStatefulAgent<Room>();

        var app = builder.Build();
        app.MapEverturnAgents().RequireAuthorization();
        app.Run();
    }

    public static void Mine(WebApplication app)
    {
        app.MapStatefulAgent<Room>("/me", http => http.User.Identity?.Name).RequireAuthorization();
    }

    public static void Hooks(WebApplication app)
    {
        app.MapEverturnAgents(configure: options =>
            {
                options.AllowAnyOrigin();
                options.OnBeforeConnect = context =>
                {
                    if (
                        context.Id.Name.StartsWith("staff-", StringComparison.Ordinal)
                        && !context.Http.User.IsInRole("staff")
                    )
                    {
                        context.Refuse(4403, "For staff only");
                    }
                    return default;
                };
                options.OnBeforeRequest = context =>
                    new(context.Http.Request.ContentLength > 1024 ? Results.StatusCode(413) : null);
            })
            .RequireAuthorization();
    }

    public static async Task<int> CallAsync(IStatefulAgentDirectory agents)
    {
        return await agents.Get<Room>("lobby").CallAsync(room => room.Say("The server says hello."));
    }
}
