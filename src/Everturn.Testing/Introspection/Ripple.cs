namespace Everturn.Testing.Introspection;

/// <summary>Wakes everybody who waits for the stores to change.</summary>
internal sealed class Ripple
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends at the next change. Take it before you look, so that no change is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
