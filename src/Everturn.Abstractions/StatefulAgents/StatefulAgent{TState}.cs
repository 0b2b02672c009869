using System.Text;
using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>A stateful agent with a state that its clients see, and may change where it allows that.</summary>
/// <typeparam name="TState">
/// The state; written as JSON. A reference type, usually a record: change it by <see cref="SetState"/>, never in place.
/// </typeparam>
public abstract class StatefulAgent<TState> : StatefulAgent
{
    private bool _loaded;
    private TState? _state;
    private ReadOnlyMemory<byte>? _json;

    /// <summary>
    /// The state. Read for the first time without one stored, it is <see cref="InitialState"/>, which is then stored
    /// and sent to the clients; without that either, it is the default.
    /// </summary>
    public TState? State
    {
        get
        {
            Context.RequireTurn();
            Load(connecting: null);
            return _state;
        }
    }

    /// <summary>Whether there is a state; one that is null, zero or empty counts.</summary>
    public bool HasState
    {
        get
        {
            Context.RequireTurn();
            Load(connecting: null);
            return _json is not null;
        }
    }

    /// <summary>The state of an object that has none yet; null for none. Default null.</summary>
    protected virtual TState? InitialState => default;

    /// <summary>Replaces the state: checks it, stores it, sends it to the clients and tells <see cref="OnStateChangedAsync"/>.</summary>
    /// <param name="next">The new state.</param>
    /// <exception cref="ConnectionReadOnlyException">Called in a turn of a client that may only read.</exception>
    /// <exception cref="Exception">What <see cref="ValidateStateChange"/> threw. Nothing was changed.</exception>
    public void SetState(TState next)
    {
        Context.RequireTurn();
        if (CurrentAgent.Context is { Connection.IsReadOnly: true } current && current.Agent == this)
        {
            throw new ConnectionReadOnlyException();
        }

        Change(next, AgentJson.Write(next), StateSource.Server);
    }

    /// <summary>Throws if a state is not acceptable; nothing is changed then. Default: accepts all.</summary>
    /// <param name="next">The state to come.</param>
    /// <param name="source">Who wants to change it.</param>
    protected virtual void ValidateStateChange(TState? next, StateSource source) { }

    /// <summary>The state has changed. An error here goes to the error hook and undoes nothing.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="source">Who changed it.</param>
    /// <param name="cancellationToken">The object's lifetime.</param>
    protected virtual Task OnStateChangedAsync(
        TState? state,
        StateSource source,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    internal sealed override ReadOnlyMemory<byte>? StateForClients(Connection? connecting)
    {
        Load(connecting);
        return _json;
    }

    internal sealed override void ForgetState()
    {
        _loaded = false;
        _state = default;
        _json = null;
    }

    internal sealed override void SetStateFromClient(JsonElement state, Connection connection)
    {
        if (connection.IsReadOnly)
        {
            throw new ConnectionReadOnlyException();
        }

        TState? next;
        try
        {
            next = state.Deserialize(AgentJson.TypeInfo<TState>());
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException("state", $"is not a {typeof(TState).Name}: {exception.Message}");
        }

        // As the client sent it: members that this version of the class does not know stay.
        Change(next, Encoding.UTF8.GetBytes(state.GetRawText()), new StateSource(connection));
    }

    private void Change(TState? next, ReadOnlyMemory<byte> json, StateSource source)
    {
        ValidateStateChange(next, source);
        Context.WriteState(json, source);
        _state = next;
        _json = json;
        _loaded = true;
        Context.Notify(token => OnStateChangedAsync(next, source, token));
    }

    private void Load(Connection? connecting)
    {
        if (_loaded)
        {
            return;
        }

        _loaded = true;
        if (Context.ReadState() is { } stored && TryRead(stored))
        {
            return;
        }

        if (InitialState is { } initial)
        {
            _state = initial;
            _json = AgentJson.Write(initial);
            // The connection that is being greeted gets the state with its greeting.
            Context.WriteState(_json.Value, new StateSource(connecting));
        }
        else
        {
            Context.RemoveState();
        }
    }

    private bool TryRead(ReadOnlyMemory<byte> stored)
    {
        try
        {
            _state = AgentJson.Read<TState>(stored.Span);
            _json = stored;
            return true;
        }
        catch (JsonException exception)
        {
            Context.StateUnreadable(exception);
            return false;
        }
    }
}
