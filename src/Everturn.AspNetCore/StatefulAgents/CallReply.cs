using Everturn.StatefulAgents.Protocol;
using Everturn.StatefulAgents.Transport;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>Answers one call on the socket that it came from.</summary>
internal sealed class CallReply(IConnectionSocket socket, string id) : ICallReply
{
    public void Result(ReadOnlyMemory<byte>? json) => Send(AgentFrames.RpcResult(id, json));

    public void Chunk(ReadOnlyMemory<byte> json) => Send(AgentFrames.RpcChunk(id, json));

    public void End(ReadOnlyMemory<byte>? json) => Send(AgentFrames.RpcResult(id, json));

    public void Error(string message) => Send(AgentFrames.RpcError(id, message));

    private void Send(ReadOnlyMemory<byte> frame) => socket.Send(frame, isText: true);
}
