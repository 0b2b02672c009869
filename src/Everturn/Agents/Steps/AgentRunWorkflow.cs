using Everturn.Workflows;

namespace Everturn.Agents.Steps;

/// <summary>
/// The workflow that carries an agent's runs on the workflow runtime, an instance for each (Helix Agents,
/// <c>runAgentWorkflow</c>). Agents get theirs by AddAgent; a workflow of the application's own does the same with
/// <see cref="AgentWorkflowRunner"/>.
/// </summary>
/// <param name="runner">Carries the run.</param>
public sealed class AgentRunWorkflow(AgentWorkflowRunner runner) : Workflow<AgentWorkflowInput, AgentWorkflowResult>
{
    /// <inheritdoc />
    public override Task<AgentWorkflowResult> RunAsync(
        WorkflowEvent<AgentWorkflowInput> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => runner.RunAsync(trigger, step, cancellationToken);
}
