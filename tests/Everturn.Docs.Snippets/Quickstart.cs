using Everturn;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Quickstart
{
    public static void Main(string[] args, IChatClient anyChatClient)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<IChatClient>(anyChatClient);
        builder.Services.AddEverturn().UseSqlite(o => o.DataDirectory = "data").AddAgent(Weather.Agent);

        var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        app.Run();
    }
}
