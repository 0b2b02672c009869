using Everturn.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Server;

/// <summary>Registers the agents of a server with the host, where recovery looks for them.</summary>
internal static class ServedAgents
{
    /// <exception cref="InvalidInputException">The host has other agents of the same names, or there are none.</exception>
    public static void Register(EverturnBuilder builder, AgentServerOptions options)
    {
        if (options.Agents is not { } resolver)
        {
            return;
        }
        if (options.ServedTypes is not { Count: > 0 } types)
        {
            throw new InvalidInputException(
                nameof(options.Agents),
                "They have no names: register agents first, or list those that the resolver can make in AgentTypes."
            );
        }
        foreach (var type in types)
        {
            Register(builder, resolver, type);
        }
    }

    private static void Register(EverturnBuilder builder, IAgentResolver resolver, string agentType)
    {
        var served = new ServedAgent(agentType, resolver);
        if (builder.Services.Any(service => served.Equals(service.ImplementationInstance)))
        {
            // Another server has it already.
            return;
        }
        builder.Services.AddSingleton(served);
        if ((resolver as AgentRegistry)?.Get(agentType) is not { } definition)
        {
            builder.AddAgent(agentType, context => resolver.Resolve(agentType, context));
        }
        else if (!ReferenceEquals(HostRegistry(builder)?.Get(agentType), definition))
        {
            builder.AddAgent(definition);
        }
    }

    private static AgentRegistry? HostRegistry(EverturnBuilder builder) =>
        builder.Services.FirstOrDefault(service => service.ServiceType == typeof(AgentRegistry))?.ImplementationInstance
        as AgentRegistry;

    private sealed record ServedAgent(string AgentType, IAgentResolver Resolver);
}
