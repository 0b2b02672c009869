namespace Everturn.Agents;

/// <summary>A run was interrupted. It can be resumed, as another run.</summary>
/// <param name="Scope">Where it comes from; its state is the final one.</param>
/// <param name="Reason">Why, in the words of whoever asked for it.</param>
/// <param name="Duration">From the run's acceptance to its end.</param>
public sealed record AgentInterruptContext(HookScope Scope, string? Reason, TimeSpan Duration) : HookContext(Scope);
