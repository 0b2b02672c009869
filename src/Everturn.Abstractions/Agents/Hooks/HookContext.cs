using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>What every hook may know. Use it during the hook only.</summary>
/// <param name="Scope">Where it comes from.</param>
public abstract record HookContext(HookScope Scope)
{
    /// <summary>The run: its id, turn, trigger, agent and, once it ended, its outcome.</summary>
    public RunRecord Run => Scope.Run;

    /// <summary>The session as it was when this process took the run: user, tags, metadata, parent session.</summary>
    public SessionRecord Session => Scope.Session;

    /// <summary>Services of the application.</summary>
    public IServiceProvider Services => Scope.Services;

    /// <summary>Custom state, with what this hook and those before it staged.</summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="key">The agent's state.</param>
    public TState GetState<TState>(StateKey<TState> key)
        where TState : class => Scope.GetState(key);
}
