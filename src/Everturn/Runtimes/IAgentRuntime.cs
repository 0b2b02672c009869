using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Runtimes;

/// <summary>What carries the agent loop.</summary>
internal interface IAgentRuntime
{
    /// <summary>The name on run records.</summary>
    string Name { get; }

    /// <summary>The node that is to execute a run begun here; null leaves it to any.</summary>
    NodeIdentity? Owner { get; }

    /// <summary>The workflow that carries the agent's runs; null for a runtime without one.</summary>
    string? WorkflowNameOf(AgentDefinition agent);

    /// <summary>A run that this process began is durable.</summary>
    void Started(SessionCommit commit, SessionCommitResult result);
}
