using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Everturn.Agents;

/// <summary>The shape of an agent's custom state.</summary>
/// <typeparam name="TState">The state's type.</typeparam>
public sealed class StateKey<TState> : StateKey
    where TState : class
{
    private readonly JsonTypeInfo<TState> _type;
    private readonly Func<TState> _initial;

    internal StateKey(JsonTypeInfo<TState> type, Func<TState> initial)
        : base(type)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(initial);
        _type = type;
        _initial = initial;
    }

    /// <inheritdoc />
    public override JsonElement Initial() => JsonSerializer.SerializeToElement(_initial(), _type);

    /// <summary>Reads a state.</summary>
    /// <param name="state">JSON; properties that are absent keep their defaults.</param>
    public TState Read(JsonElement state) => state.Deserialize(_type) ?? _initial();

    /// <summary>Writes a state.</summary>
    /// <param name="state">The state.</param>
    public JsonElement Write(TState state) => JsonSerializer.SerializeToElement(state, _type);
}
