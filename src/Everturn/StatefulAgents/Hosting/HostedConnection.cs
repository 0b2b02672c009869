using System.Text.Json;
using Everturn.StatefulAgents.Transport;
using Everturn.StatefulAgents.Turns;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>A client's connection: the agent's side of it, and the socket's.</summary>
internal sealed class HostedConnection : IConnectionDriver, IObjectConnection
{
    private readonly ObjectSlot _slot;
    private readonly IConnectionSocket _socket;
    private volatile bool _isOpen = true;

    public HostedConnection(ObjectSlot slot, string id, AgentRequest request, IConnectionSocket socket)
    {
        _slot = slot;
        _socket = socket;
        Id = id;
        Request = request;
        Tags = [id];
        Connection = new Connection(this);
    }

    public Connection Connection { get; }

    public string Id { get; }

    public AgentRequest Request { get; }

    public IReadOnlyList<string> Tags { get; private set; }

    public bool IsOpen => _isOpen;

    public bool IsReadOnly { get; set; }

    public bool IsProtocolEnabled { get; set; } = true;

    public ReadOnlyMemory<byte>? State { get; set; }

    /// <exception cref="InvalidInputException">There are too many, or one breaks the rule.</exception>
    public void SetTags(IEnumerable<string> tags)
    {
        string[] all = [Id, .. tags.Where(tag => tag != Id).Distinct()];
        if (all.Length > Connection.MaxTags)
        {
            throw new InvalidInputException(
                "tags",
                $"A connection can only have {Connection.MaxTags} tags, including the default id tag."
            );
        }

        if (all.Skip(1).Any(tag => string.IsNullOrEmpty(tag) || tag.Length > Connection.MaxTagLength))
        {
            throw new InvalidInputException("tags", $"A tag is 1 to {Connection.MaxTagLength} characters.");
        }

        Tags = all;
    }

    /// <summary>Sends when everything that the object wrote before is durable. In a turn of the object.</summary>
    public void Send(ReadOnlyMemory<byte> data, bool isText)
    {
        if (!_isOpen)
        {
            return;
        }

        var outbox = RequireTurn().Outbox;
        if (outbox.IsOpen)
        {
            _socket.Send(data, isText);
        }
        else
        {
            outbox.Send(() => _socket.Send(data, isText));
        }
    }

    /// <summary>Sends a frame of a broadcast, whose gate is open.</summary>
    public void SendNow(ReadOnlyMemory<byte> data, bool isText)
    {
        if (_isOpen)
        {
            _socket.Send(data, isText);
        }
    }

    public void Close(int code, string reason)
    {
        var outbox = RequireTurn().Outbox;
        if (_isOpen)
        {
            _isOpen = false;
            outbox.Send(() => _socket.Close(code, reason));
        }
    }

    /// <summary>Closes past the output gate.</summary>
    public void Drop(int code, string reason)
    {
        _isOpen = false;
        _socket.Close(code, reason);
    }

    public ValueTask ReceiveAsync(ConnectionMessage message) => AddAsync(new MessageTurn(_slot, this, message));

    public ValueTask SetStateAsync(JsonElement state) => AddAsync(new StateTurn(_slot, this, state));

    public ValueTask CallAsync(string method, JsonElement arguments, ICallReply reply) =>
        AddAsync(new ClientCallTurn(_slot, this, method, arguments, reply));

    public ValueTask CloseAsync(CloseInfo close)
    {
        _isOpen = false;
        return AddAsync(new CloseTurn(_slot, this, close));
    }

    private ObjectActivation RequireTurn() =>
        ObjectThread.CurrentTurn is { Activation: { } activation } && activation.Slot == _slot
            ? activation
            : throw new InvalidOperationException(
                "A connection is used in turns of its object. Does the agent await with ConfigureAwait(false)?"
            );

    private ValueTask AddAsync(Turn turn)
    {
        var room = _slot.WaitForRoomAsync();
        if (room.IsCompletedSuccessfully)
        {
            Add(turn);
            return ValueTask.CompletedTask;
        }

        return AddAsync(room, turn);
    }

    private async ValueTask AddAsync(Task room, Turn turn)
    {
        await room.ConfigureAwait(false);
        Add(turn);
    }

    // A slot that is no longer in use has dropped its connections.
    private void Add(Turn turn)
    {
        if (!_slot.TryAdd(turn))
        {
            turn.Fail(new ObjectResetException(_slot.Id, "its connections were closed"));
        }
    }
}
