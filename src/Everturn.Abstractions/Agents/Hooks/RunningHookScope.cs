using System.Text.Json;

namespace Everturn.Agents;

/// <summary>What the host gives to hooks of a run that is under way. A test of a hook can implement it.</summary>
public abstract class RunningHookScope : HookScope
{
    /// <summary>The run's step, from 1.</summary>
    public abstract int Step { get; }

    /// <summary>Stages a change of custom state.</summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="key">The agent's state.</param>
    /// <param name="change">Gives the new state from the current one.</param>
    public abstract void UpdateState<TState>(StateKey<TState> key, Func<TState, TState> change)
        where TState : class;

    /// <summary>Emits an event into the session's stream.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its content.</param>
    public abstract void Emit(string name, JsonElement? data);

    /// <summary>Records usage of something else than tokens.</summary>
    /// <param name="type">What is counted.</param>
    /// <param name="amount">How much.</param>
    public abstract void RecordUsage(string type, double amount);
}
