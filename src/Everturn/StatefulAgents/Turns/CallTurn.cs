using System.Diagnostics;
using System.Text.Json;
using Everturn.StatefulAgents.Dispatch;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>Code of this application calls a method by its name.</summary>
internal sealed class CallTurn(ObjectSlot slot, string method, JsonElement arguments, JsonElement? props)
    : ResultTurn<ReadOnlyMemory<byte>?>(slot)
{
    public override JsonElement? Props => props;

    protected override string SpanName => "agent.call";

    protected override void Describe(Activity span) => span.SetTag("rpc.method", method);

    protected override async Task<ReadOnlyMemory<byte>?> ComputeAsync(ObjectActivation activation)
    {
        StatefulAgentInstruments.Calls.Add(1, Slot.Host.TagOf(Slot.Id));
        var found =
            activation.Module.FindByName(method)
            ?? activation.Module.FindCallback(method)
            ?? throw new AgentMethodException(method, $"Method {method} does not exist");
        var call = new AgentCall(arguments, activation.Lifetime);
        await found.Invoke(activation.Agent, call).ConfigureAwait(true);
        return call.Result;
    }
}
