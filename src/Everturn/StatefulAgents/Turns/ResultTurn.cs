using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A turn that somebody in this process waits for.</summary>
/// <typeparam name="TResult">What it results in.</typeparam>
internal abstract class ResultTurn<TResult>(ObjectSlot slot) : Turn(slot)
{
    private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The result, when it is durable.</summary>
    public Task<TResult> Result => _result.Task;

    protected sealed override async Task RunAsync(ObjectActivation activation)
    {
        var result = await ComputeAsync(activation).ConfigureAwait(true);
        Complete(() => _result.SetResult(result));
    }

    protected abstract Task<TResult> ComputeAsync(ObjectActivation activation);

    protected sealed override void Threw(ObjectActivation activation, Exception exception) =>
        Complete(() => _result.SetException(exception));

    protected sealed override void Failed(Exception exception) => _result.SetException(exception);
}
