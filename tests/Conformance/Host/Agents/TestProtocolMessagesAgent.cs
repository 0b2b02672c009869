using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Connections without frames of the protocol: those that ask for it.</summary>
public sealed class TestProtocolMessagesAgent : StatefulAgent<ValueState>
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

    /// <summary>Whether a connection takes part in the protocol.</summary>
    [Callable]
    public bool IsProtocolEnabled(Connection connection) => connection.IsProtocolEnabled;

    /// <summary>Sends a text to everybody.</summary>
    [Callable]
    public void Shout(string text) => Connections.Broadcast(text);

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
    protected override bool ShouldSendProtocolMessages(Connection connection) =>
        connection.Request.Query.GetValueOrDefault("protocol") != "false";
}
