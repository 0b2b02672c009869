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

    /// <summary>The instance that carries the next run, where it is there already; null to create one for it.</summary>
    string? InstanceId => null;

    /// <summary>The workflow that carries the agent's runs; null for a runtime without one.</summary>
    /// <param name="agentType">The agent.</param>
    /// <exception cref="InvalidInputException">This runtime cannot carry the agent.</exception>
    string? WorkflowNameOf(string agentType);

    /// <summary>A run that this process began is durable.</summary>
    /// <param name="agent">The definition that it was checked against.</param>
    /// <param name="commit">The commit that began it.</param>
    /// <param name="result">What came of the commit.</param>
    void Started(AgentDefinition agent, SessionCommit commit, SessionCommitResult result);
}
