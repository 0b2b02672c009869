using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Everturn.Agents;

/// <summary>The shape of an agent's custom state.</summary>
/// <param name="type">How it travels as JSON; a source-generated contract works with ahead-of-time compilation.</param>
public abstract class StateKey(JsonTypeInfo type)
{
    /// <summary>How it travels as JSON.</summary>
    public JsonTypeInfo Type { get; } = type;

    /// <summary>The state a session begins with.</summary>
    public abstract JsonElement Initial();

    /// <summary>A key for a state that begins as a new object, with the contract that <see cref="EverturnJson"/> finds.</summary>
    /// <typeparam name="TState">The state's type; every property needs a default.</typeparam>
    /// <exception cref="NotSupportedException">No contract is known: ahead-of-time compilation needs a source-generated one.</exception>
    public static StateKey<TState> Create<TState>()
        where TState : class, new() => new(EverturnJson.TypeInfo<TState>(), static () => new TState());

    /// <summary>A key for a state whose JSON contract is source-generated.</summary>
    /// <typeparam name="TState">The state's type; every property needs a default.</typeparam>
    /// <param name="type">The contract.</param>
    /// <param name="initial">Gives the state a session begins with.</param>
    public static StateKey<TState> Create<TState>(JsonTypeInfo<TState> type, Func<TState> initial)
        where TState : class => new(type, initial);
}
