using Everturn.StatefulAgents;

namespace Everturn.Conformance.Host.Agents;

/// <summary>Fails wherever it can.</summary>
public sealed class TestFailingAgent : StatefulAgent<ValueState>
{
    /// <inheritdoc/>
    protected override Task OnConnectAsync(Connection connection, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("connect refused");

    /// <inheritdoc/>
    protected override Task<AgentResponse> OnRequestAsync(AgentRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("request refused");
}
