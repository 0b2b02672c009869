using System.Text.Json;
using Everturn.Runtimes;
using Everturn.Runtimes.Workflow;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;

namespace Everturn.Agents.Steps;

/// <summary>A workflow of the application's own as a runtime: a new instance of it carries each run.</summary>
/// <param name="engine">Creates instances.</param>
/// <param name="workflowName">The workflow.</param>
internal sealed class BoundWorkflow(IWorkflowEngine engine, string workflowName) : IAgentRuntime
{
    public string Name => CarryingWorkflow.Prefix + workflowName;

    public NodeIdentity? Owner => null;

    public string? WorkflowNameOf(string agentType) => workflowName;

    public void Started(AgentDefinition agent, SessionCommit commit, SessionCommitResult result) =>
        _ = CreateAsync(result.Run!);

    private async Task CreateAsync(RunRecord run)
    {
        var pointer = new AgentWorkflowInput
        {
            Tenant = run.Session.Tenant,
            SessionId = run.Session.SessionId,
            RunId = run.RunId,
        };
        try
        {
            await engine
                .CreateAsync(
                    new(new(run.Session.Tenant, workflowName, run.InstanceId))
                    {
                        ParamsJson = JsonSerializer.SerializeToUtf8Bytes(
                            pointer,
                            RuntimeJson.Default.AgentWorkflowInput
                        ),
                        CreationToken = run.RunId,
                    }
                )
                .ConfigureAwait(false);
        }
        catch (EverturnException)
        {
            // The outbox has it too: this was only the faster way, and the same token creates one instance.
        }
    }
}
