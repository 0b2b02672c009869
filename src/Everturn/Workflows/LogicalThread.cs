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

    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State, bool IsWorkflowCode)> _items = new();
    private int _scheduled;

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

    public void Execute()
    {
        var outer = _current;
        var outerContext = Current;
        _current = this;
        SetSynchronizationContext(null);
        try
        {
            do
            {
                Drain();
                Volatile.Write(ref _scheduled, 0);
            } while (!_items.IsEmpty && Interlocked.Exchange(ref _scheduled, 1) == 0);
        }
        finally
        {
            _current = outer;
            SetSynchronizationContext(outerContext);
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
