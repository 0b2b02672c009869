using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>Stands for the host where it does something on an object's thread.</summary>
internal sealed class ControlTurn(ObjectSlot slot) : Turn(slot)
{
    protected override Task RunAsync(ObjectActivation activation) => Task.CompletedTask;

    protected override void Threw(ObjectActivation activation, Exception exception) { }

    protected override void Failed(Exception exception) { }
}
