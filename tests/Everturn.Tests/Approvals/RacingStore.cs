using System.Reflection;
using Everturn.Sessions;

namespace Everturn.Tests.Approvals;

/// <summary>A store in which something happens just after somebody read the pending calls of a run, once.</summary>
public class RacingStore : DispatchProxy
{
    private ISessionStore _store = null!;
    private Func<Task>? _then;

    /// <param name="store">The store.</param>
    /// <param name="then">What happens.</param>
    public static ISessionStore Of(ISessionStore store, Func<Task> then)
    {
        var proxy = Create<ISessionStore, RacingStore>();
        var racing = (RacingStore)(object)proxy;
        racing._store = store;
        racing._then = then;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
        return
            targetMethod.Name == nameof(ISessionStore.GetPendingCallsAsync)
            && Interlocked.Exchange(ref _then, null) is { } then
            ? new ValueTask<IReadOnlyList<PendingCallRecord>>(
                ReadAsync((ValueTask<IReadOnlyList<PendingCallRecord>>)result!, then)
            )
            : result;
    }

    private static async Task<IReadOnlyList<PendingCallRecord>> ReadAsync(
        ValueTask<IReadOnlyList<PendingCallRecord>> read,
        Func<Task> then
    )
    {
        var calls = await read;
        await then();
        return calls;
    }
}
