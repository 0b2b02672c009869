using Everturn.Agents;
using Everturn.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Loop;

/// <summary>Finds the chat client of a run and refuses pipelines that would take the tool loop away.</summary>
/// <param name="sources">Know of clients that are not in dependency injection.</param>
internal sealed class ChatClients(IEnumerable<IChatClientSource> sources)
{
    private readonly IChatClientSource[] _sources = [.. sources];

    // The type lives in a package that is not referenced here; it is known only where the application uses it.
    private static readonly Lazy<Type?> FunctionInvoking = new(() =>
        Type.GetType("Microsoft.Extensions.AI.FunctionInvokingChatClient, Microsoft.Extensions.AI", throwOnError: false)
    );

    /// <summary>The run's chat client: made once per execution, and kept with it.</summary>
    /// <exception cref="ChatClientException">There is none, or it invokes functions itself.</exception>
    public IChatClient Get(RunExecution execution) => execution.ChatClient ??= Create(execution);

    /// <summary>Makes sure that runs of an agent can have a chat client, wherever they begin.</summary>
    /// <exception cref="ChatClientException">There is none, or it invokes functions itself.</exception>
    public void Check(AgentDefinition agent, IServiceProvider services)
    {
        if (!Array.Exists(_sources, source => source.Offers(agent.Name)))
        {
            Find(agent, services);
        }
    }

    /// <summary>Makes sure that an agent's cost can be told, where it has a cost budget.</summary>
    /// <exception cref="InvalidInputException">It cannot, and the agent could spend without an end.</exception>
    public void CheckPrice(AgentDefinition agent, ModelPrices prices, IServiceProvider services)
    {
        if (agent is { RunBudget.Cost: null, SessionBudget.Cost: null })
        {
            return;
        }

        var client = Array.Exists(_sources, source => source.Offers(agent.Name)) ? null : Find(agent, services);
        var model = ModelOf(agent, client);
        if (prices.Find(model) is null)
        {
            throw new InvalidInputException(
                "cost",
                model is null
                    ? $"Agent '{agent.Name}' has a cost budget, and its model is not known: name it with WithChatOptions(new() {{ ModelId = ... }})."
                    : $"Agent '{agent.Name}' has a cost budget, and '{model}' has no price: give one with AddModelPrices."
            );
        }
    }

    /// <summary>The model that an agent's runs ask for; null where neither it nor its client says.</summary>
    public static string? ModelOf(AgentDefinition agent, IChatClient? client) =>
        agent.ChatOptions?.ModelId
        ?? (client?.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;

    private IChatClient Create(RunExecution execution)
    {
        var run = execution.Run;
        var factory = _sources.Select(source => source.FactoryOf(run)).FirstOrDefault(found => found is not null);
        if (factory is null)
        {
            return Find(execution.Agent, execution.Services);
        }

        var context = new ChatClientContext
        {
            Tenant = run.Session.Tenant,
            SessionId = run.Session.SessionId,
            AgentType = run.AgentType,
            RunId = run.RunId,
            UserId = execution.Session.UserId,
        };
        try
        {
            return Accept(execution.Agent, factory(execution.Services, context));
        }
        catch (Exception exception) when (exception is not ChatClientException)
        {
            throw new ChatClientException(run.AgentType, $"the server's factory failed: {exception.Message}");
        }
    }

    private static IChatClient Find(AgentDefinition agent, IServiceProvider services)
    {
        var client = agent.ChatClientKey is { } key
            ? services.GetKeyedService<IChatClient>(key)
            : services.GetService<IChatClient>();
        return client is not null
            ? Accept(agent, client)
            : throw new ChatClientException(
                agent.Name,
                agent.ChatClientKey is null
                    ? "no IChatClient is registered: services.AddSingleton<IChatClient>(...)"
                    : $"no IChatClient is registered under the key '{agent.ChatClientKey}'"
            );
    }

    private static IChatClient Accept(AgentDefinition agent, IChatClient client)
    {
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
