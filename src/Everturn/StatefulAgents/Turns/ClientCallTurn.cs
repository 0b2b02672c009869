using System.Diagnostics;
using System.Text.Json;
using Everturn.StatefulAgents.Dispatch;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A client calls a method.</summary>
internal sealed class ClientCallTurn(
    ObjectSlot slot,
    HostedConnection connection,
    string method,
    JsonElement arguments,
    ICallReply reply
) : Turn(slot)
{
    private ReplySink? _stream;

    public override HostedConnection Connection => connection;

    protected override string SpanName => "agent.call";

    protected override void Describe(Activity span) => span.SetTag("rpc.method", method);

    protected override async Task RunAsync(ObjectActivation activation)
    {
        StatefulAgentInstruments.Calls.Add(1, Slot.Host.TagOf(Slot.Id));
        var found = activation.Module.GetCallable(method);
        _stream = found.IsStreaming ? new ReplySink(activation, connection, reply) : null;
        var call = new AgentCall(arguments, activation.Lifetime)
        {
            Connection = connection.Connection,
            StreamOrNull = _stream is { } sink ? new StreamingResponse(sink) : null,
        };
        await found.Invoke(activation.Agent, call).ConfigureAwait(true);
        if (_stream is null)
        {
            Complete(() => reply.Result(call.Result));
        }
    }

    protected override void Threw(ObjectActivation activation, Exception exception)
    {
        StatefulAgentInstruments.CallErrors.Add(1, Slot.Host.TagOf(Slot.Id));
        StatefulAgentLog.CallFailed(Slot.Host.Logger, Slot.Id, method, exception);
        if (_stream is { } stream)
        {
            stream.Error(exception.Message);
        }
        else
        {
            Complete(() => reply.Error(exception.Message));
        }
    }

    // Before it began the object could not start; afterwards it was reset, and its sockets are closed.
    protected override void Failed(Exception exception)
    {
        if (Activation is null)
        {
            reply.Error(exception.Message);
        }
    }
}
