using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// Tells listeners of commits: of this process at once, of other processes by polling SQLite's data version, which
/// costs a few microseconds and no I/O. A local commit may be told twice.
/// </summary>
internal sealed class DataVersionWatcher : IChangeSignal, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly ITimer _timer;
    private volatile Action[] _listeners = [];
    private long _version;
    private bool _disposed;

    public DataVersionWatcher(DatabaseFile file, TimeSpan interval, TimeProvider time)
    {
        _connection = file.OpenReader();
        _version = ReadVersion();
        _timer = time.CreateTimer(static state => ((DataVersionWatcher)state!).Poll(), this, interval, interval);
    }

    public IDisposable Subscribe(Action onChange)
    {
        lock (_gate)
            _listeners = [.. _listeners, onChange];
        return new Subscription(this, onChange);
    }

    /// <summary>This process has committed something.</summary>
    public void Signal()
    {
        foreach (var listener in _listeners)
            listener();
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _disposed = true;
            _connection.Dispose();
        }
    }

    private void Poll()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            try
            {
                var version = ReadVersion();
                if (version == _version)
                    return;
                _version = version;
            }
            catch (SqliteException)
            {
                // Nobody knows whether something changed, so listeners look for themselves.
            }
        }
        Signal();
    }

    private long ReadVersion() => _connection.QueryLong("PRAGMA data_version") ?? 0;

    private void Remove(Action listener)
    {
        lock (_gate)
        {
            var index = Array.IndexOf(_listeners, listener);
            if (index >= 0)
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
        }
    }

    private sealed class Subscription(DataVersionWatcher watcher, Action listener) : IDisposable
    {
        private Action? _listener = listener;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _listener, null) is { } mine)
                watcher.Remove(mine);
        }
    }
}
