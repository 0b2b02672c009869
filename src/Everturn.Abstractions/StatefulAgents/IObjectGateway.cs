using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>What handles rest on: the way of a call into an object's turn.</summary>
internal interface IObjectGateway
{
    Task<TResult> InvokeAsync<TResult>(
        StatefulAgentId id,
        Func<StatefulAgent, Task<TResult>> call,
        CancellationToken cancellationToken
    );

    Task<ReadOnlyMemory<byte>?> CallAsync(
        StatefulAgentId id,
        string method,
        JsonElement arguments,
        CancellationToken cancellationToken
    );

    Task<AgentResponse> FetchAsync(StatefulAgentId id, AgentRequest request, CancellationToken cancellationToken);
}
