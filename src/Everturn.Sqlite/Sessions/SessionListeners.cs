using Everturn.Sessions;

namespace Everturn.Sqlite.Sessions;

/// <summary>Who listens to this process's commits. Called on the writing thread, in the order of the commits.</summary>
internal sealed class SessionListeners
{
    private readonly Lock _gate = new();
    private volatile ISessionCommitListener[] _listeners = [];

    public IDisposable Add(ISessionCommitListener listener)
    {
        lock (_gate)
            _listeners = [.. _listeners, listener];
        return new Subscription(this, listener);
    }

    public void Committed(SessionCommit commit, SessionCommitResult result)
    {
        foreach (var listener in _listeners)
            listener.Committed(commit, result);
    }

    public void Deleted(SessionKey key)
    {
        foreach (var listener in _listeners)
            listener.Deleted(key);
    }

    private void Remove(ISessionCommitListener listener)
    {
        lock (_gate)
        {
            var index = Array.IndexOf(_listeners, listener);
            if (index >= 0)
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
        }
    }

    private sealed class Subscription(SessionListeners owner, ISessionCommitListener listener) : IDisposable
    {
        private ISessionCommitListener? _listener = listener;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _listener, null) is { } mine)
                owner.Remove(mine);
        }
    }
}
