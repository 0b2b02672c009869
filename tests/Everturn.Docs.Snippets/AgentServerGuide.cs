using System.Text.Json.Nodes;
using Everturn;
using Everturn.Agents;
using Everturn.Anthropic;
using Everturn.AspNetCore.Server;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;
using Everturn.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Snippets;

public sealed record ExecuteRequest(string Message);

public sealed record ExecuteResponse(string SessionId, string StreamUrl, string WebsocketUrl);

public interface IBilling
{
    Task ChargeAsync(string sessionId, string runId, CancellationToken cancellationToken);
}

internal static class AgentServerGuide
{
    public static void Main(string[] args)
    {
        var registry = new AgentRegistry();
        registry.Register(AgentDefinition.Create("researcher").WithInstructions("Answer with sources.").Build());

        var builder = WebApplication.CreateBuilder(args);
        builder
            .Services.AddEverturn()
            .UseSqlite(o => o.DataDirectory = "data")
            .AddAgentServer(o =>
            {
                o.Agents = registry;
                o.ChatClientFactory = (services, context) =>
                    new AnthropicChatClient(new() { ApiKey = "...", Model = "claude-sonnet-5" });
                o.Hooks.BeforeStart = async (context, cancellationToken) =>
                {
                    if (context.ExecutionState.IsExecuting)
                    {
                        await context.ExecutionState.InterruptAsync("New message received", cancellationToken);
                    }
                    return null;
                };
            });

        var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        app.MapPost(
            "/execute",
            async (ExecuteRequest request, IAgentExecutor agents, CancellationToken cancellationToken) =>
            {
                var run = await agents.ExecuteAsync(
                    "researcher",
                    request.Message,
                    new() { Server = AgentServer.DefaultName },
                    cancellationToken
                );
                return new ExecuteResponse(run.SessionId, $"/stream/{run.SessionId}", $"/ws/{run.SessionId}");
            }
        );
        app.MapEverturnStream("/stream/{sessionId}").AllowAnonymous();
        app.MapEverturnWebSocket("/ws/{sessionId}").AllowAnonymous();
        app.Run();
    }

    public static void Hooks(AgentServerOptions o)
    {
        o.Hooks.BeforeStart = (context, cancellationToken) =>
            Task.FromResult(
                context.Body.UserId is null
                    ? new AbortResult(Results.Problem("Say who you are.", statusCode: StatusCodes.Status403Forbidden))
                    : null
            );
        o.Hooks.AfterStart = (context, cancellationToken) =>
        {
            var logger = context.Services.GetRequiredService<ILogger<AgentServer>>();
            logger.LogInformation("Run {RunId} of {Session} began.", context.RunId, context.SessionId);
            return Task.CompletedTask;
        };
        o.Hooks.OnComplete = (context, cancellationToken) =>
            context.Status == ExecutionStatus.Completed
                ? context
                    .Services.GetRequiredService<IBilling>()
                    .ChargeAsync(context.SessionId, context.RunId, cancellationToken)
                : Task.CompletedTask;
    }

    public static void Transform(AgentServerOptions o)
    {
        o.Hooks.TransformRequest = (context, cancellationToken) =>
            Task.FromResult<StartAgentRequestV2?>(
                new()
                {
                    AgentType = "researcher",
                    SessionId = (string?)context.Request.RouteValues["sessionId"],
                    Input = new() { Message = context.Body.GetProperty("prompt").GetString() },
                }
            );
        o.Hooks.TransformResponse = (context, cancellationToken) =>
            Task.FromResult<JsonNode?>(new JsonObject { ["conversation"] = context.SessionId });
    }

    public static void Endpoints(AgentServerOptions o)
    {
        o.Endpoints["/stop"] = async (request, context) =>
        {
            await context.ExecutionState.AbortAsync("stopped by a person", request.HttpContext.RequestAborted);
            return Results.Text(context.ExecutionState.Status.Value);
        };
    }

    public static void Several(EverturnBuilder everturn, WebApplication app)
    {
        everturn.AddAgentServer("public", o => o.Hooks.BeforeStart = Limit).AddAgentServer<SupportServer>("internal");

        app.MapEverturn("/public", server: "public").AllowAnonymous();
        app.MapEverturn("/internal", server: "internal").RequireAuthorization();
    }

    private static Task<AbortResult?> Limit(BeforeStartContext context, CancellationToken cancellationToken) =>
        Task.FromResult<AbortResult?>(null);

    public static void Agents(AgentServerOptions o, IUsageStore usage)
    {
        o.ResolveAgents(
            (agentType, context) =>
                AgentDefinition.Create(agentType).WithInstructions($"For {context.UserId}.").Build(),
            "brainstorm",
            "critic"
        );
        o.UsageStoreFactory = services => usage;
    }
}

public sealed class SupportServer(AgentServerOptions options, IBilling billing) : AgentServer(options)
{
    protected override Task OnCompleteAsync(CompleteContext context, CancellationToken cancellationToken) =>
        billing.ChargeAsync(context.SessionId, context.RunId, cancellationToken);
}
