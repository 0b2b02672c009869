using System.Collections.Concurrent;

namespace Everturn.Workflows;

/// <summary>
/// Runs everything of one instance one after another, on threads of the pool. When nothing is left to run, it asks what
/// to do next.
/// </summary>
/// <remarks>
/// Workflow code runs with this as its context, so that what it awaits outside steps comes back here. The engine's own
/// items, among them the completion of steps, run without a context: a continuation that was set up with
/// <c>ConfigureAwait(false)</c> then runs right here as well, instead of escaping to the pool.
/// </remarks>
/// <param name="advance">Does the next thing when all is quiet; false if there is nothing to do.</param>
/// <param name="fail">Told when workflow code threw where nobody awaits it.</param>
internal sealed class LogicalThread(Func<bool> advance, Action<Exception> fail)
    : SynchronizationContext,
        IThreadPoolWorkItem
{
    [ThreadStatic]
    private static LogicalThread? _current;

    [ThreadStatic]
    private static bool _isLaunching;

    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State, bool IsWorkflowCode)> _items = new();
    private int _scheduled;
    private IThreadPoolWorkItem? _launch;

    /// <summary>Whether the caller runs on this logical thread.</summary>
    public bool IsCurrent => _current == this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _items.Enqueue((d, state, true));
        Schedule();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Workflow code must not block.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs an item of the engine, here and now if nothing else is running.</summary>
    public void Run(SendOrPostCallback callback, object? state)
    {
        _items.Enqueue((callback, state, false));
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            Execute();
        }
    }

    /// <summary>Runs an item of the engine, never on the caller's stack.</summary>
    public void Queue(SendOrPostCallback callback, object? state)
    {
        _items.Enqueue((callback, state, false));
        Schedule();
    }

    /// <summary>Runs workflow code with this as its context. Only on the logical thread.</summary>
    public T Enter<T>(Func<T> code)
    {
        SetSynchronizationContext(this);
        try
        {
            return code();
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }

    /// <summary>
    /// Starts work off this logical thread once nothing is left to run. The last one starts on the thread that is here
    /// anyway, which spares a lone step the way through the pool; the others go to the pool. Only on the logical thread.
    /// </summary>
    public void Launch(IThreadPoolWorkItem work)
    {
        if (_launch is { } earlier)
        {
            ThreadPool.UnsafeQueueUserWorkItem(earlier, preferLocal: false);
        }

        _launch = work;
    }

    public void Execute()
    {
        var outer = _current;
        var outerContext = Current;
        _current = this;
        SetSynchronizationContext(null);
        IThreadPoolWorkItem? launch;
        try
        {
            do
            {
                Drain();
                // Taken while this is still the only one who runs; should there be more to run, it waits no longer.
                launch = _launch;
                _launch = null;
                Volatile.Write(ref _scheduled, 0);
                if (_items.IsEmpty || Interlocked.Exchange(ref _scheduled, 1) != 0)
                {
                    break;
                }

                if (launch is not null)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(launch, preferLocal: false);
                }
            } while (true);
        }
        finally
        {
            _current = outer;
            SetSynchronizationContext(outerContext);
        }

        Start(launch);
    }

    // Where work ends at once, its end runs this logical thread again and may launch more: that goes to the pool, or the
    // stack would grow with every step.
    private static void Start(IThreadPoolWorkItem? launch)
    {
        if (launch is null)
        {
            return;
        }

        if (_isLaunching)
        {
            ThreadPool.UnsafeQueueUserWorkItem(launch, preferLocal: false);
            return;
        }

        _isLaunching = true;
        try
        {
            launch.Execute();
        }
        finally
        {
            _isLaunching = false;
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Drain()
    {
        do
        {
            while (_items.TryDequeue(out var item))
            {
                if (!item.IsWorkflowCode)
                {
                    item.Callback(item.State);
                    continue;
                }

                RunWorkflowCode(item.Callback, item.State);
            }
        } while (advance() || !_items.IsEmpty);
    }

    private void RunWorkflowCode(SendOrPostCallback callback, object? state)
    {
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            fail(exception);
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }
}
