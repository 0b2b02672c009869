using Everturn.Agents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Loop;

/// <summary>Finds the chat client of an agent and refuses pipelines that would take the tool loop away.</summary>
internal static class ChatClients
{
    // The type lives in a package that is not referenced here; it is known only where the application uses it.
    private static readonly Lazy<Type?> FunctionInvoking = new(() =>
        Type.GetType("Microsoft.Extensions.AI.FunctionInvokingChatClient, Microsoft.Extensions.AI", throwOnError: false)
    );

    /// <summary>The agent's chat client.</summary>
    /// <exception cref="ChatClientException">There is none, or it invokes functions itself.</exception>
    public static IChatClient Get(AgentDefinition agent, IServiceProvider services)
    {
        var client = agent.ChatClientKey is { } key
            ? services.GetKeyedService<IChatClient>(key)
            : services.GetService<IChatClient>();
        if (client is null)
        {
            throw new ChatClientException(
                agent.Name,
                agent.ChatClientKey is null
                    ? "no IChatClient is registered: services.AddSingleton<IChatClient>(...)"
                    : $"no IChatClient is registered under the key '{agent.ChatClientKey}'"
            );
        }

        if (InvokesFunctions(client))
        {
            throw new ChatClientException(
                agent.Name,
                "its chat client already invokes functions; remove UseFunctionInvocation(), since tool calls made there would not be durable"
            );
        }

        return client;
    }

    // By name as well: the pipeline may come from a fork of that class, or the type may be trimmed to a bare name.
    private static bool InvokesFunctions(IChatClient client) =>
        (FunctionInvoking.Value is { } type && client.GetService(type) is not null)
        || client.GetType().Name == "FunctionInvokingChatClient";
}
