using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Connections that may only read: those that ask for it.</summary>
public sealed class TestReadonlyAgent : StatefulAgent<ValueState>
{
    /// <inheritdoc/>
    protected override ValueState InitialState => new(0);

    /// <summary>Sets the state.</summary>
    [Callable]
    public int SetValue(int value)
    {
        SetState(new(value));
        return value;
    }

    /// <summary>Reads the state.</summary>
    [Callable]
    public int GetValue() => State!.Value;

    /// <summary>Whether the caller may only read.</summary>
    [Callable]
    public bool AmIReadonly(Connection connection) => connection.IsReadOnly;

    /// <summary>Sets whether a connection may only read.</summary>
    [Callable]
    public bool SetReadonly(string connectionId, bool value = true)
    {
        if (Connections.Find(connectionId) is not { } connection)
        {
            return false;
        }
        connection.IsReadOnly = value;
        return true;
    }

    /// <summary>Keeps something with the connection.</summary>
    [Callable]
    public string Remember(Connection connection, string text)
    {
        connection.SetState(text);
        return connection.GetState<string>()!;
    }

    /// <summary>What is kept with the connection.</summary>
    [Callable]
    public string? Recall(Connection connection) => connection.GetState<string>();

    /// <inheritdoc/>
    protected override bool ShouldConnectionBeReadOnly(Connection connection) =>
        connection.Request.Query.GetValueOrDefault("readonly") == "true";
}
