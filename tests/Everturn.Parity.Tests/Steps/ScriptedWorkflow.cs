using Everturn.Agents.Steps;
using Everturn.Workflows;

namespace Everturn.Parity.Tests.Steps;

/// <summary>A workflow of an application's own that carries runs as a test says.</summary>
[Workflow("scripted")]
internal sealed class ScriptedWorkflow(AgentSteps steps, ScriptedWorkflow.Script script)
    : Workflow<AgentWorkflowInput, AgentWorkflowResult>
{
    public override Task<AgentWorkflowResult> RunAsync(
        WorkflowEvent<AgentWorkflowInput> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => script.Carry(steps, step, trigger.Payload);

    internal sealed class Script
    {
        public Func<AgentSteps, WorkflowStep, AgentWorkflowInput, Task<AgentWorkflowResult>> Carry { get; set; } =
            (_, _, _) => throw new InvalidOperationException("The test says nothing.");
    }
}
