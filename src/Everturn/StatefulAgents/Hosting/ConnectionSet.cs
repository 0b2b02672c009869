namespace Everturn.StatefulAgents.Hosting;

/// <summary>The connections of one object. Changed on the object's thread.</summary>
/// <param name="tag">What their number is measured with.</param>
internal sealed class ConnectionSet(KeyValuePair<string, object?> tag)
{
    private readonly List<HostedConnection> _connections = [];
    private HostedConnection[]? _snapshot = [];

    public int Count => _connections.Count;

    /// <summary>All, in the order of their opening. Not to be changed.</summary>
    public HostedConnection[] All => _snapshot ??= [.. _connections];

    public void Add(HostedConnection connection)
    {
        _connections.Add(connection);
        _snapshot = null;
        StatefulAgentInstruments.Connections.Add(1, tag);
    }

    public void Remove(HostedConnection connection)
    {
        if (_connections.Remove(connection))
        {
            _snapshot = null;
            StatefulAgentInstruments.Connections.Add(-1, tag);
        }
    }

    /// <summary>The open connection with an id; the newest if a client that came back has two for a moment.</summary>
    public HostedConnection? Find(string id) => _connections.FindLast(other => other.IsOpen && other.Id == id);

    /// <summary>Closes all of them, at once and past the output gate.</summary>
    public void CloseAll(int code, string reason)
    {
        foreach (var connection in All)
        {
            connection.Drop(code, reason);
        }

        StatefulAgentInstruments.Connections.Add(-_connections.Count, tag);
        _connections.Clear();
        _snapshot = null;
    }
}
