using System.Reflection;
using Everturn.Sessions;

namespace Everturn.Tests.Agents;

/// <summary>A store in which the run of a request begins just after somebody looked for it.</summary>
public class LateRequests : DispatchProxy
{
    private ISessionStore _store = null!;
    private int _missed;

    /// <param name="store">The store.</param>
    /// <param name="missed">How many looks come too early.</param>
    public static ISessionStore Of(ISessionStore store, int missed)
    {
        var proxy = Create<ISessionStore, LateRequests>();
        var late = (LateRequests)(object)proxy;
        late._store = store;
        late._missed = missed;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(ISessionStore.GetRunByRequestAsync) && _missed-- > 0
            ? new ValueTask<RunRecord?>((RunRecord?)null)
            : targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
}
