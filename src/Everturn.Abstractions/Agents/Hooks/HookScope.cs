using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>What the host gives to every hook. A test of a hook can implement it.</summary>
public abstract class HookScope
{
    /// <summary>The run.</summary>
    public abstract RunRecord Run { get; }

    /// <summary>The session: user, tags and metadata are here.</summary>
    public abstract SessionRecord Session { get; }

    /// <summary>Services of the application.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Custom state.</summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="key">The agent's state.</param>
    public abstract TState GetState<TState>(StateKey<TState> key)
        where TState : class;
}
