using Everturn.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers models behind the OpenAI chat completions API as chat clients.</summary>
public static class OpenAIServiceCollectionExtensions
{
    /// <summary>Adds the chat client that agents use by default.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets at least the API key and the model. A host with bad options does not start.</param>
    public static IServiceCollection AddOpenAIChatClient(
        this IServiceCollection services,
        Action<OpenAIChatOptions> configure
    )
    {
        AddOptions(services, Options.Options.DefaultName, configure);
        return services.AddSingleton<IChatClient>(provider => Create(provider, Options.Options.DefaultName));
    }

    /// <summary>Adds a chat client under a key, for agents with <c>WithChatClient(key)</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="key">The key; the name of its options too.</param>
    /// <param name="configure">Sets at least the API key and the model. A host with bad options does not start.</param>
    public static IServiceCollection AddKeyedOpenAIChatClient(
        this IServiceCollection services,
        string key,
        Action<OpenAIChatOptions> configure
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        AddOptions(services, key, configure);
        return services.AddKeyedSingleton<IChatClient>(key, (provider, _) => Create(provider, key));
    }

    private static void AddOptions(IServiceCollection services, string name, Action<OpenAIChatOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<OpenAIChatOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<OpenAIChatOptions>, OpenAIChatOptionsValidator>()
        );
    }

    private static OpenAIChatClient Create(IServiceProvider provider, string name) =>
        new(provider.GetRequiredService<IOptionsMonitor<OpenAIChatOptions>>().Get(name));
}
