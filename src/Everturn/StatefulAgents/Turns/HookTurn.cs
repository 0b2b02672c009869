using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>Code of an agent that nobody waits for.</summary>
internal sealed class HookTurn(ObjectActivation activation, Func<CancellationToken, Task> hook) : Turn(activation.Slot)
{
    public override ObjectActivation Bound => activation;

    protected override Task RunAsync(ObjectActivation activation) => hook(activation.Lifetime);

    protected override void Threw(ObjectActivation activation, Exception exception) =>
        activation.Report(connection: null, exception);

    protected override void Failed(Exception exception) { }
}
