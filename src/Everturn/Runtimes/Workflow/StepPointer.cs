using Everturn.Agents.Steps;

namespace Everturn.Runtimes.Workflow;

/// <summary>What the journal keeps of an agent's step: that the session store has it.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Result">How the run ended, if it ended with it.</param>
internal sealed record StepPointer(int Step, AgentWorkflowResult? Result);
