namespace Everturn.Testing.Models;

/// <summary>
/// A place in a reply where the model stops until the test lets it go on, so that a test can act in the middle of an
/// answer without sleeping. See <see cref="ScriptedReply.ThenGate"/>.
/// </summary>
public sealed class ReplyGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a model call has come to the gate for the first time.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets every call through, those that wait and those that come later.</summary>
    public void Release() => _released.TrySetResult();

    internal async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
