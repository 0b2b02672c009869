using System.Text.Json;

namespace Everturn.Agents;

/// <summary>What a hook of a run that is under way may know and do.</summary>
/// <param name="Running">Where it comes from.</param>
public abstract record RunningHookContext(RunningHookScope Running) : HookContext(Running)
{
    /// <summary>The run's step, from 1.</summary>
    public int Step => Running.Step;

    /// <summary>
    /// Stages a change of custom state. It is stored with what the hook belongs to: the model's answer or the outcome
    /// of the tool call. Where that is never stored, neither is the change.
    /// </summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="key">The agent's state.</param>
    /// <param name="change">Gives the new state from the current one.</param>
    /// <exception cref="InvalidOperationException">The hook is over.</exception>
    public void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change)
        where TState : class => Running.UpdateState(key, change);

    /// <summary>
    /// Emits an event of the application's own into the session's stream. It belongs to the step, and is void with it
    /// where the step is discarded.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its content.</param>
    /// <exception cref="InvalidOperationException">The hook is over.</exception>
    public void Emit(string name, JsonElement? data = null) => Running.Emit(name, data);

    /// <summary>Records usage of something else than tokens, for example calls of an external service.</summary>
    /// <param name="type">What is counted.</param>
    /// <param name="amount">How much.</param>
    /// <exception cref="InvalidOperationException">The hook is over.</exception>
    public void RecordUsage(string type, double amount) => Running.RecordUsage(type, amount);
}
