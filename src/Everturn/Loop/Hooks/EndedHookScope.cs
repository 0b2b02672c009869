using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Loop.Hooks;

/// <summary>The scope of the hooks of a run that ended.</summary>
/// <param name="run">The run as it ended.</param>
/// <param name="session">The session.</param>
/// <param name="services">Services of the application.</param>
/// <param name="state">The final state; undefined for none.</param>
internal sealed class EndedHookScope(RunRecord run, SessionRecord session, IServiceProvider services, JsonElement state)
    : HookScope
{
    public override RunRecord Run => run;

    public override SessionRecord Session => session;

    public override IServiceProvider Services => services;

    /// <summary>From the run's acceptance to its end.</summary>
    public TimeSpan Duration => (run.EndedAt ?? run.CreatedAt) - run.CreatedAt;

    public override TState GetState<TState>(StateKey<TState> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Read(state.ValueKind == JsonValueKind.Undefined ? key.Initial() : state);
    }
}
