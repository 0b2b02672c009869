using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>What handles rest on: the way of a call into an object's turn.</summary>
internal interface IObjectGateway
{
    Task<TResult> InvokeAsync<TResult>(
        StatefulAgentId id,
        Func<StatefulAgent, Task<TResult>> call,
        JsonElement? props,
        CancellationToken cancellationToken
    );

    Task<ReadOnlyMemory<byte>?> CallAsync(
        StatefulAgentId id,
        string method,
        JsonElement arguments,
        JsonElement? props,
        CancellationToken cancellationToken
    );

    Task<AgentResponse> FetchAsync(
        StatefulAgentId id,
        AgentRequest request,
        JsonElement? props,
        CancellationToken cancellationToken
    );
}
