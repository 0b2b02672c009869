using System.Text;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>The connections of an object, as its agent sees them.</summary>
internal sealed class ObjectConnections(ObjectActivation activation) : IAgentConnections
{
    public int Count => Open().Count(connection => connection.IsOpen);

    public Connection? Find(string id)
    {
        activation.RequireTurn();
        return activation.Slot.Connections.Find(id)?.Connection;
    }

    public IReadOnlyList<Connection> List(string? tag = null) =>
        [
            .. Open()
                .Where(connection => connection.IsOpen && (tag is null || connection.Tags.Contains(tag)))
                .Select(connection => connection.Connection),
        ];

    public void Broadcast(string text, params ReadOnlySpan<string> except)
    {
        ArgumentNullException.ThrowIfNull(text);
        Send(Encoding.UTF8.GetBytes(text), isText: true, except);
    }

    public void Broadcast(ReadOnlyMemory<byte> data, params ReadOnlySpan<string> except) =>
        Send(data, isText: false, except);

    public void BroadcastJson<T>(T message, params ReadOnlySpan<string> except) =>
        Send(AgentJson.Write(message), isText: true, except);

    private HostedConnection[] Open()
    {
        activation.RequireTurn();
        return activation.Slot.Connections.All;
    }

    private void Send(ReadOnlyMemory<byte> data, bool isText, ReadOnlySpan<string> except)
    {
        var all = Open();
        if (all.Length == 0)
        {
            return;
        }

        string[] without = [.. except];
        activation.Outbox.Send(() =>
        {
            foreach (var connection in all)
            {
                if (!without.Contains(connection.Id))
                {
                    connection.SendNow(data, isText);
                }
            }
        });
    }
}
