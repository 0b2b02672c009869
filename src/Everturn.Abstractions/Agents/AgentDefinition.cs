using System.Text.Json;
using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>
/// An agent as inert data: nothing in it executes. The same definition runs on every runtime and store. Recovery finds
/// it by <see cref="Name"/>, so it must be registered where it executes.
/// </summary>
public abstract class AgentDefinition
{
    private protected AgentDefinition() { }

    /// <summary>Unique name: <c>[a-z0-9-]{1,64}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the agent is for; told to a parent agent that uses it as a tool.</summary>
    public string? Description { get; init; }

    /// <summary>The definition's version, recorded on every run.</summary>
    public string? Version { get; init; }

    /// <summary>Gives the system prompt from the current custom state.</summary>
    public required Func<JsonElement, string> Instructions { get; init; }

    /// <summary>Key of the chat client in dependency injection; null for the unkeyed one.</summary>
    public string? ChatClientKey { get; init; }

    /// <summary>Options of every model call: model id, temperature and the like. Tools and format are ours.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>The tools, by name.</summary>
    public IReadOnlyDictionary<string, AgentTool> Tools { get; init; } = new Dictionary<string, AgentTool>();

    /// <summary>The shape of the custom state; null for none.</summary>
    public StateKey? State { get; init; }

    /// <summary>The shape of the output; null for an agent that answers with text.</summary>
    public OutputContract? Output { get; init; }

    /// <summary>Model calls per run, of <see cref="RunBudget"/>.</summary>
    public int MaxSteps => RunBudget.Steps ?? int.MaxValue;

    /// <summary>What a run may use, together with the runs that it goes on from. Default: 20 steps.</summary>
    public AgentBudget RunBudget { get; init; } = new() { Steps = 20 };

    /// <summary>What all runs of a session may use. Default: no limit.</summary>
    public AgentBudget SessionBudget { get; init; } = new();

    /// <summary>How failed model calls are repeated.</summary>
    public ModelRetryOptions Retry { get; init; } = new();

    /// <summary>Code at points of its runs, in the order in which it is called.</summary>
    public IReadOnlyList<AgentHooks> Hooks { get; init; } = [];

    /// <summary>How long the agent's data is kept; null for the server's default.</summary>
    public SweepPolicy? Retention { get; init; }

    /// <summary>How long a session is kept after its last run began; null for ever.</summary>
    public TimeSpan? SessionLifetime { get; init; }

    /// <summary>Begins a definition. The agent answers with text until an output type is given.</summary>
    /// <param name="name">Unique name: <c>[a-z0-9-]{1,64}</c>.</param>
    /// <exception cref="InvalidInputException">It is not an agent name.</exception>
    public static AgentDefinitionBuilder<string> Create(string name) => new(name);
}
