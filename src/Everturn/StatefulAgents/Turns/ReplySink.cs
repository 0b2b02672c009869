using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Turns;

/// <summary>The stream of a client's call.</summary>
internal sealed class ReplySink(ObjectActivation activation, HostedConnection connection, ICallReply reply)
    : IStreamSink
{
    private bool _ended;

    public bool IsOpen => !_ended && connection.IsOpen;

    public bool Chunk(ReadOnlyMemory<byte> json)
    {
        activation.RequireTurn();
        activation.Outbox.Send(() => reply.Chunk(json));
        return true;
    }

    public bool End(ReadOnlyMemory<byte>? json)
    {
        activation.RequireTurn();
        _ended = true;
        activation.Outbox.Send(() => reply.End(json));
        return true;
    }

    public bool Error(string message)
    {
        if (_ended)
        {
            return false;
        }

        activation.RequireTurn();
        _ended = true;
        activation.Outbox.Send(() => reply.Error(message));
        return true;
    }
}
