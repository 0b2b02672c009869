using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>Code that is not on the object's thread uses its database.</summary>
/// <typeparam name="TResult">What it reads.</typeparam>
internal sealed class StorageTurn<TResult>(ObjectActivation activation, Func<TResult> use)
    : ResultTurn<TResult>(activation.Slot)
{
    public override ObjectActivation Bound => activation;

    /// <summary>Runs as a part of another turn, for which everything else waits. On the object's thread.</summary>
    public void RunWithin()
    {
        Activation = activation;
        _ = RunWithinAsync();
    }

    protected override Task<TResult> ComputeAsync(ObjectActivation activation) => Task.FromResult(use());

    private async Task RunWithinAsync()
    {
        try
        {
            await RunAsync(activation).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            Threw(activation, exception);
        }
    }
}
