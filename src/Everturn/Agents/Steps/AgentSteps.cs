using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Agents.Steps;

/// <summary>
/// An agent's run as steps of a workflow of the application's own, for workflows that want to decide between two of them
/// (Helix Agents, <c>AgentSteps</c>). Each is a step of the workflow: what is done is not done again, whatever crashes.
/// The journal keeps pointers; what was said is in the session store. Take it from the services of the workflow's scope.
/// </summary>
/// <remarks>
/// A step throws <see cref="NonRetryableException"/> for what repeating does not mend, and repeats what passes, such as a
/// store that is away.
/// </remarks>
public sealed class AgentSteps
{
    private readonly WorkflowRunStarter _starter;
    private readonly RunStepper _stepper;
    private readonly RunFinisher _finisher;

    internal AgentSteps(IServiceProvider services)
    {
        _starter = services.GetRequiredService<WorkflowRunStarter>();
        _stepper = services.GetRequiredService<RunStepper>();
        _finisher = services.GetRequiredService<RunFinisher>();
    }

    /// <summary>Begins a run that the workflow carries: session, run record, and the user's message.</summary>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="input">What the run begins with.</param>
    /// <returns>The run, for the further steps.</returns>
    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    /// <exception cref="NonRetryableException">The session is running, or is another agent's, or the agent is unknown.</exception>
    public async Task<AgentWorkflowInput> InitializeAgentStateAsync(WorkflowStep step, InitializeAgentInput input)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        input.Validate();
        // Journaled before it is used: however often the start is tried, it is one request.
        var requestId = await step.DoAsync("agent request", _ => Task.FromResult(_starter.NewRequestId()))
            .ConfigureAwait(false);
        return await step.DoAsync(
                "agent start",
                AgentWorkflowRunner.Patient,
                token => RunStepErrors.Guard(() => _starter.StartAsync(input, requestId, token))
            )
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Does the next step of a run: executes the calls of the step before that have no outcome yet, and asks the model.
    /// </summary>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="input">Which step.</param>
    /// <returns>The run's status, and the calls that the model asks for.</returns>
    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    /// <exception cref="NonRetryableException">There is no such run, or it is not at this step.</exception>
    public Task<AgentStepResult> ExecuteAgentStepAsync(WorkflowStep step, ExecuteAgentStepInput input)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        input.Validate();
        return step.DoAsync(
            "agent step",
            AgentWorkflowRunner.Patient,
            token => RunStepErrors.Guard(() => _stepper.StepAsync(input, token))
        );
    }

    /// <summary>Executes one call that a step asked for. Several can be executed in parallel.</summary>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="input">Which call.</param>
    /// <returns>What came of it; a tool that failed is an outcome, which the model reads.</returns>
    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    /// <exception cref="NonRetryableException">There is no such call.</exception>
    public Task<ToolCallResult> ExecuteToolCallAsync(WorkflowStep step, ExecuteToolCallInput input)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        input.Validate();
        return step.DoAsync(
            "tool call",
            AgentWorkflowRunner.Patient,
            token => RunStepErrors.Guard(() => _stepper.CallAsync(input, token))
        );
    }

    /// <summary>Ends a run as failed, for a reason of the workflow's. A run that has ended stays what it is.</summary>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="input">The run, and what went wrong.</param>
    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    /// <exception cref="NonRetryableException">There is no such run.</exception>
    public Task<AgentWorkflowResult> MarkAgentFailedAsync(WorkflowStep step, MarkAgentFailedInput input)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        input.Validate();
        return FailAsync(step, input, input.Reason ?? RunReason.WorkflowFailed, input.Error);
    }

    /// <summary>The same: a stream ends with its run, in one commit.</summary>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="input">The run, and what went wrong.</param>
    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    /// <exception cref="NonRetryableException">There is no such run.</exception>
    public Task<AgentWorkflowResult> FailAgentStreamAsync(WorkflowStep step, FailAgentStreamInput input)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        input.Validate();
        return FailAsync(step, input, RunReason.WorkflowFailed, input.Error);
    }

    /// <summary>
    /// Ends a run and its stream as completed, with an output of the workflow's. Open calls are closed. A run that has
    /// ended stays what it is.
    /// </summary>
    /// <param name="step">The workflow's steps.</param>
    /// <param name="input">The run and its output.</param>
    /// <exception cref="InvalidInputException">A field is not acceptable.</exception>
    /// <exception cref="NonRetryableException">There is no such run.</exception>
    public Task<AgentWorkflowResult> EndAgentStreamAsync(WorkflowStep step, EndAgentStreamInput input)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        input.Validate();
        return step.DoAsync(
            "agent end",
            AgentWorkflowRunner.Patient,
            token => RunStepErrors.Guard(() => _finisher.CompleteAsync(input, token))
        );
    }

    private Task<AgentWorkflowResult> FailAsync(WorkflowStep step, AgentRunInput run, string reason, string error) =>
        step.DoAsync(
            "agent end",
            AgentWorkflowRunner.Patient,
            token => RunStepErrors.Guard(() => _finisher.FailAsync(run, reason, error, token))
        );
}
