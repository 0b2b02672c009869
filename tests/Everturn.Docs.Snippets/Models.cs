using Everturn.Agents;
using Everturn.Anthropic;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Models
{
    public static void Anthropic(WebApplicationBuilder builder)
    {
        builder.Services.AddAnthropicChatClient(o =>
        {
            o.ApiKey = builder.Configuration["ANTHROPIC_API_KEY"] ?? "";
            o.Model = "claude-sonnet-5-5";
        });
    }

    public static void OpenAI(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenAIChatClient(o =>
        {
            o.ApiKey = "none";
            o.Model = "qwen3";
            o.BaseUrl = new Uri("http://localhost:11434/v1");
        });
    }

    public static AgentDefinition<string> Keyed(WebApplicationBuilder builder, string key)
    {
        builder.Services.AddKeyedAnthropicChatClient("fast", o => (o.ApiKey, o.Model) = (key, "claude-haiku-5-5"));

        var triage = AgentDefinition.Create("triage").WithChatClient("fast").Build();
        return triage;
    }

    public static AgentDefinition<string> Options()
    {
        var thinker = AgentDefinition
            .Create("thinker")
            .WithChatOptions(
                new()
                {
                    MaxOutputTokens = 20_000,
                    Reasoning = new() { Effort = ReasoningEffort.High },
                }
            )
            .WithRetry(new() { MaxRetries = 5, MaxDelay = TimeSpan.FromMinutes(1) })
            .Build();
        return thinker;
    }

    public static void Wrapped(WebApplicationBuilder builder, AnthropicChatOptions options)
    {
        builder.Services.AddSingleton<IChatClient>(_ => new LoggingChatClient(new AnthropicChatClient(options)));
    }

    private sealed class LoggingChatClient(IChatClient inner) : DelegatingChatClient(inner);
}
