namespace Everturn.Agents;

/// <summary>A run failed or was aborted.</summary>
/// <param name="Scope">Where it comes from; its state is the final one.</param>
/// <param name="Reason">Why, see <see cref="Sessions.RunReason"/>.</param>
/// <param name="Error">What went wrong, for people.</param>
/// <param name="Duration">From the run's acceptance to its end.</param>
public sealed record AgentFailContext(HookScope Scope, string? Reason, string? Error, TimeSpan Duration)
    : HookContext(Scope);
