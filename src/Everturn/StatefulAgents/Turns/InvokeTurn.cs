using System.Text.Json;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>Code of this process calls into an object.</summary>
/// <typeparam name="TResult">What it returns.</typeparam>
internal sealed class InvokeTurn<TResult>(ObjectSlot slot, Func<StatefulAgent, Task<TResult>> call, JsonElement? props)
    : ResultTurn<TResult>(slot)
{
    public override JsonElement? Props => props;

    protected override string SpanName => "agent.call";

    protected override Task<TResult> ComputeAsync(ObjectActivation activation)
    {
        StatefulAgentInstruments.Calls.Add(1, Slot.Host.TagOf(Slot.Id));
        return call(activation.Agent);
    }
}
