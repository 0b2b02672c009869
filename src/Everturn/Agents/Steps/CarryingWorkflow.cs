using Everturn.Runtimes;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Agents.Steps;

/// <summary>
/// A workflow of the application's own as a runtime: an instance of it that is there already carries the run, and drives
/// it by steps.
/// </summary>
/// <param name="workflowName">The workflow.</param>
/// <param name="instanceId">The instance.</param>
internal sealed class CarryingWorkflow(string workflowName, string instanceId) : IAgentRuntime
{
    /// <summary>How the runtime of such runs is called: this, and the workflow's name.</summary>
    public const string Prefix = AgentRuntimes.Workflow + ":";

    public string Name => Prefix + workflowName;

    public NodeIdentity? Owner => null;

    public string? InstanceId => instanceId;

    public string? WorkflowNameOf(string agentType) => null;

    public void Started(AgentDefinition agent, SessionCommit commit, SessionCommitResult result)
    {
        // The instance goes on by itself.
    }
}
