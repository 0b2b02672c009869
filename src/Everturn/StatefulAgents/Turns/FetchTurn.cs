using System.Diagnostics;
using System.Text.Json;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>An HTTP request.</summary>
internal sealed class FetchTurn(ObjectSlot slot, AgentRequest request, JsonElement? props)
    : ResultTurn<AgentResponse>(slot)
{
    public override AgentRequest Request => request;

    public override JsonElement? Props => props;

    protected override string SpanName => "agent.request";

    protected override void Describe(Activity span) => span.SetTag("http.request.method", request.Method);

    protected override Task<AgentResponse> ComputeAsync(ObjectActivation activation) =>
        activation.Agent.OnRequestAsync(request, activation.Lifetime);
}
