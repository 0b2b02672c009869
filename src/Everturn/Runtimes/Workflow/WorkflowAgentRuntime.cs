using System.Text.Json;
using Everturn.Agents;
using Everturn.Agents.Steps;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Runtimes.Workflow;

/// <summary>Runs are carried by workflow instances, and come back by themselves after a crash.</summary>
internal sealed class WorkflowAgentRuntime(
    IInstanceRunner instances,
    WorkflowRegistry workflows,
    RunHost host,
    OutboxDrainer outbox
) : IAgentRuntime
{
    public string Name => AgentRuntimes.Workflow;

    public NodeIdentity? Owner => instances.Claimant;

    public string? WorkflowNameOf(string agentType)
    {
        var name = AgentWorkflowName.Of(agentType);
        return workflows.Names.Contains(name)
            ? name
            : throw new InvalidInputException(
                "agentType",
                $"Agent '{agentType}' joined its registry after the host was built; the workflow runtime needs AddAgent."
            );
    }

    public void Started(AgentDefinition agent, SessionCommit commit, SessionCommitResult result)
    {
        var run = result.Run!;
        if (run.Owner is not null)
        {
            host.Expect(new(agent, commit, run, result.Session!));
        }

        if (result.InstanceCreated)
        {
            instances.NotifyCreated(Instance(commit, run).ToRecord());
        }
        else
        {
            outbox.Wake();
        }
    }

    private static NewInstance Instance(SessionCommit commit, RunRecord run)
    {
        var pointer = new AgentWorkflowInput
        {
            Tenant = run.Session.Tenant,
            SessionId = run.Session.SessionId,
            RunId = run.RunId,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(pointer, RuntimeJson.Default.AgentWorkflowInput);
        var key = new InstanceKey(run.Session.Tenant, commit.NewRun!.WorkflowName!, run.InstanceId);
        return new(key, WorkflowPayloads.Encode(json), run.CreatedAt)
        {
            CreationToken = run.RunId,
            Owner = run.Owner?.Node,
        };
    }
}
