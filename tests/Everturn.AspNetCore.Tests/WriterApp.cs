using Everturn.Agents;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests;

/// <summary>A server with the agent <c>writer</c>, the real executor and runtime, and a scripted model.</summary>
internal static class WriterApp
{
    public static async Task<WebApplication> StartAsync(params ScriptedReply[] replies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IChatClient>(new ScriptedChatClient(replies));
        builder.Services.AddEverturn().UseInMemory().AddAgent(AgentDefinition.Create("writer").Build());
        var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
