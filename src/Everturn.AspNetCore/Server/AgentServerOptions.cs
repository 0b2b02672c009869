using Everturn.Agents;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Server;

/// <summary>
/// What an agent server is made of (Helix Agents, <c>AgentServerConfig</c>). What is not set comes from
/// <c>AddAgent</c> and dependency injection.
/// </summary>
public sealed class AgentServerOptions
{
    /// <summary>How long a hook's interrupt or abort waits for the run to end, unless told otherwise.</summary>
    public static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Makes the chat client of an execution. Default: the one in dependency injection that the agent names.</summary>
    public ChatClientFactory? ChatClientFactory { get; set; }

    /// <summary>
    /// The agents that it serves: an <see cref="AgentRegistry"/>, or a resolver that makes those of
    /// <see cref="AgentTypes"/>. They are registered with the host, which recovers their runs. Default: all of the host's.
    /// </summary>
    public IAgentResolver? Agents { get; set; }

    /// <summary>
    /// The names that <see cref="Agents"/> can resolve, where it is no <see cref="AgentRegistry"/>: a process takes up
    /// runs of the agents that it can name.
    /// </summary>
    public IList<string> AgentTypes { get; } = [];

    /// <summary>The hooks.</summary>
    public AgentServerHooks Hooks { get; } = new();

    /// <summary>
    /// Endpoints of the application's own, below a session: <c>"/export"</c> answers <c>/sessions/{id}/export</c>,
    /// whatever the method. They come before the built-in ones and may take their place.
    /// </summary>
    public IDictionary<string, EndpointHandler> Endpoints { get; } =
        new Dictionary<string, EndpointHandler>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives the usage store. Default: the session store.</summary>
    public UsageStoreFactory? UsageStoreFactory { get; set; }

    /// <summary>Hears of failing hooks, and is handed to endpoints. Default: one of the application's.</summary>
    public ILogger? Logger { get; set; }

    /// <summary>
    /// How long <see cref="IExecutionState.InterruptAsync"/> and its like wait for the run to end. A start that follows is refused
    /// with 409 where that was not enough. Default 30 seconds.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = DefaultStopTimeout;

    /// <summary>Sets <see cref="Agents"/> to a method.</summary>
    /// <param name="resolver">Finds or makes agents.</param>
    /// <param name="agentTypes">The names that it knows.</param>
    public void ResolveAgents(AgentResolver resolver, params IEnumerable<string> agentTypes)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        string[] names = [.. agentTypes];
        Agents = new DelegateAgentResolver(resolver, names);
        foreach (var name in names)
        {
            AgentTypes.Add(name);
        }
    }

    /// <summary>The names that are served; null for all of the host's.</summary>
    internal IReadOnlyList<string>? ServedTypes =>
        Agents switch
        {
            null => null,
            AgentRegistry registry => registry.GetRegisteredTypes(),
            _ => [.. AgentTypes],
        };
}
