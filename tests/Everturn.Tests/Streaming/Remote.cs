using System.Reflection;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Tests.Streaming;

/// <summary>The store as another process sees it: its commits are not heard of, only hinted at, or not even that.</summary>
public class Remote : DispatchProxy
{
    private ISessionStore _store = null!;
    private bool _hints;
    private int _chunkReads;

    public static (ISessionStore Store, Remote Control) Of(ISessionStore store, bool hints, bool hears = false)
    {
        var proxy = Create<ISessionStore, Remote>();
        var control = (Remote)(object)proxy;
        control._store = store;
        control._hints = hints;
        control.Hears = hears;
        return (proxy, control);
    }

    public int ChunkReads => Volatile.Read(ref _chunkReads);

    private bool Hears { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case nameof(ISessionStore.Listen) when !Hears:
            case "get_Changes" when !_hints:
                return new Nothing();
            case nameof(ISessionStore.ReadChunksAsync):
                Interlocked.Increment(ref _chunkReads);
                break;
        }
        return targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    private sealed class Nothing : IDisposable, IChangeSignal
    {
        public void Dispose() { }

        public IDisposable Subscribe(Action onChange) => this;
    }
}
