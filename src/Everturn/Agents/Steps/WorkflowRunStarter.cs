using Everturn.Diagnostics;
using Everturn.Runtimes;
using Everturn.Runtimes.Workflow;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>Begins runs that an instance of the application's own workflows carries.</summary>
internal sealed class WorkflowRunStarter(
    ISessionStore store,
    RunAgents agents,
    RunReconciler reconciler,
    RunTraces traces,
    TimeProvider time
)
{
    public string NewRequestId() => ServerId.New(time);

    public async Task<AgentWorkflowInput> StartAsync(
        InitializeAgentInput input,
        string requestId,
        CancellationToken cancellationToken
    )
    {
        reconciler.Expect(input.WorkflowName);
        var runtime = new CarryingWorkflow(input.WorkflowName, input.InstanceId);
        var acceptance = new RunAcceptance(store, AgentRuntimeSelector.Always(runtime), traces);
        var (run, _) = await new RunStarter(store, agents, acceptance, time)
            .StartAsync(
                input.AgentType,
                given: null,
                input.Input,
                new()
                {
                    Tenant = input.Tenant,
                    SessionId = input.SessionId,
                    RequestId = requestId,
                    UserId = input.UserId,
                    Tags = input.Tags,
                    Metadata = input.Metadata,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new()
        {
            Tenant = run.Session.Tenant,
            SessionId = run.Session.SessionId,
            RunId = run.RunId,
        };
    }
}
