using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>A run begins: a new turn, a resume or a retry, as the run's trigger says.</summary>
/// <param name="Running">Where it comes from.</param>
/// <param name="Input">The messages that the run was started with; empty for a resume without any.</param>
public sealed record AgentStartContext(RunningHookScope Running, IReadOnlyList<ChatMessage> Input)
    : RunningHookContext(Running);
