using Everturn.Agents;
using Everturn.Loop;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Server;

/// <summary>The servers of this process, by name, and the chat clients that they make for their runs.</summary>
internal sealed class AgentServers : IChatClientSource
{
    private readonly Dictionary<string, Lazy<AgentServer>> _byName;

    /// <param name="registrations">What was registered.</param>
    /// <param name="services">For servers that need something. Late, since what they need may lead back here.</param>
    public AgentServers(IEnumerable<AgentServerRegistration> registrations, IServiceProvider services) =>
        _byName = registrations.ToDictionary(
            registration => registration.Name,
            registration => new Lazy<AgentServer>(() =>
            {
                var server = registration.Create(services);
                server.Name = registration.Name;
                return server;
            }),
            StringComparer.Ordinal
        );

    /// <summary>Whether there is one of that name, without making it.</summary>
    public bool Knows(string name) => _byName.ContainsKey(name);

    /// <summary>The server of that name; null if this process has none.</summary>
    public AgentServer? Find(string name) => _byName.TryGetValue(name, out var server) ? server.Value : null;

    ChatClientFactory? IChatClientSource.FactoryOf(RunRecord run) =>
        run.Server is { } name ? Find(name)?.Options.ChatClientFactory : null;

    bool IChatClientSource.Offers(string agentType) =>
        _byName.Values.Any(server =>
            server.Value.Options is { ChatClientFactory: not null } options && options.Agents?.Has(agentType) != false
        );
}
