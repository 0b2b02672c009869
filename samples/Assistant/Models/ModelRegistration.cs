using Assistant.Offline;
using Microsoft.Extensions.AI;

namespace Assistant.Models;

/// <summary>Registers the chosen model as the chat client of the agent.</summary>
internal static class ModelRegistration
{
    public static IServiceCollection AddModel(
        this IServiceCollection services,
        ModelChoice choice,
        TimeSpan tokenDelay
    ) =>
        choice.Vendor switch
        {
            ModelVendor.Anthropic => services.AddAnthropicChatClient(o =>
            {
                o.ApiKey = choice.ApiKey!;
                o.Model = choice.Model;
                o.BaseUrl = choice.BaseUrl ?? o.BaseUrl;
            }),
            ModelVendor.OpenAI => services.AddOpenAIChatClient(o =>
            {
                o.ApiKey = choice.ApiKey!;
                o.Model = choice.Model;
                o.BaseUrl = choice.BaseUrl ?? o.BaseUrl;
            }),
            _ => services.AddSingleton<IChatClient>(provider => new OfflineChatClient(
                provider.GetRequiredService<TimeProvider>(),
                tokenDelay
            )),
        };
}
