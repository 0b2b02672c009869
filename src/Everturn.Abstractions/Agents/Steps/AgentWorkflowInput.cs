namespace Everturn.Agents.Steps;

/// <summary>What a workflow instance that carries a run is started with (Helix Agents, <c>AgentWorkflowInput</c>).</summary>
public sealed record AgentWorkflowInput : AgentRunInput;
