using System.Collections.Concurrent;
using Everturn.StatefulAgents.Turns;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>
/// Runs everything of one object one after another, on threads of the pool: messages that begin, and what goes on after
/// an await. Whenever there is nothing left to run, or much has run, it lets the object settle: what was written
/// becomes durable then, and nothing runs meanwhile.
/// </summary>
internal sealed class ObjectThread(ObjectSlot slot) : IThreadPoolWorkItem
{
    /// <summary>Pieces of work between two settlements, so that what they wrote shares a commit and none waits for long.</summary>
    private const int Batch = 256;

    [ThreadStatic]
    private static ObjectThread? _current;

    private readonly ConcurrentQueue<(Turn Turn, SendOrPostCallback Callback, object? State)> _continuations = new();
    private readonly ConcurrentQueue<Turn> _messages = new();
    private readonly Queue<(Turn Turn, SendOrPostCallback Callback, object? State)> _held = new();
    private Turn? _next;
    private int _waiting;
    private int _scheduled;

    /// <summary>The object whose code is running on the calling thread; null if none is.</summary>
    public static ObjectSlot? CurrentSlot => _current?.Slot;

    /// <summary>The turn whose code is running on the calling thread; null if none is.</summary>
    public static Turn? CurrentTurn => _current?.Running;

    public ObjectSlot Slot => slot;

    /// <summary>The turn that has everything for itself, so that all others wait; null if there is none.</summary>
    public Turn? Exclusive { get; private set; }

    /// <summary>Messages that have not begun.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether nothing is left to run. On the object's thread.</summary>
    public bool IsQuiet => _messages.IsEmpty && _continuations.IsEmpty && _held.Count == 0 && _next is null;

    private Turn? Running { get; set; }

    /// <summary>Adds a message.</summary>
    public void Add(Turn turn)
    {
        Interlocked.Increment(ref _waiting);
        _messages.Enqueue(turn);
        Schedule();
    }

    /// <summary>Adds what goes on after an await.</summary>
    public void Continue(Turn turn, SendOrPostCallback callback, object? state)
    {
        _continuations.Enqueue((turn, callback, state));
        Schedule();
    }

    /// <summary>From now on only this turn runs. On the object's thread.</summary>
    public void Enter(Turn turn) => Exclusive = turn;

    /// <summary>All turns run again, if it was this one that had everything for itself. On the object's thread.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="next">Which message comes first; null for the order of arrival.</param>
    public void Leave(Turn turn, Turn? next = null)
    {
        if (Exclusive == turn)
        {
            Exclusive = null;
            _next = next;
        }
    }

    /// <summary>All turns run again: the one that had everything for itself is gone. On the object's thread.</summary>
    public void LeaveAny() => Exclusive = null;

    public void Execute()
    {
        var outer = _current;
        var context = SynchronizationContext.Current;
        _current = this;
        try
        {
            for (var i = 0; i < Batch && RunOne(); i++) { }
        }
        finally
        {
            _current = outer;
            SynchronizationContext.SetSynchronizationContext(context);
        }

        var settling = slot.SettleAsync();
        if (settling.IsCompletedSuccessfully)
        {
            GoOn();
        }
        else
        {
            _ = SettleAsync(settling);
        }
    }

    private async Task SettleAsync(ValueTask settling)
    {
        await settling.ConfigureAwait(false);
        GoOn();
    }

    private void GoOn()
    {
        if (HasWork())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Volatile.Write(ref _scheduled, 0);
        Interlocked.MemoryBarrier();
        if (HasWork())
        {
            Schedule();
        }
    }

    // What is held back waits for the exclusive turn, whose work makes this thread run again.
    private bool HasWork() =>
        !_continuations.IsEmpty
        || (Exclusive is null && (_next is not null || _held.Count > 0 || !_messages.IsEmpty))
        || slot.HasToSettle;

    private bool RunOne()
    {
        if (Exclusive is null && _held.TryDequeue(out var held))
        {
            Run(held.Turn, held.Callback, held.State);
            return true;
        }

        while (_continuations.TryDequeue(out var item))
        {
            if (Exclusive is not null && Exclusive != item.Turn && item.Turn is not ControlTurn)
            {
                _held.Enqueue(item);
                continue;
            }

            Run(item.Turn, item.Callback, item.State);
            return true;
        }

        // A stay that ends begins nothing: what comes now is for the next one.
        if (Exclusive is not null || slot.Active is { IsEnding: true } || TakeMessage() is not { } message)
        {
            return false;
        }

        Run(message, static state => ((Turn)state!).Begin(), message);
        return true;
    }

    private Turn? TakeMessage()
    {
        if (_next is { } next)
        {
            _next = null;
            return next;
        }

        if (!_messages.TryDequeue(out var message))
        {
            return null;
        }

        Interlocked.Decrement(ref _waiting);
        return message;
    }

    private void Run(Turn turn, SendOrPostCallback callback, object? state)
    {
        Running = turn;
        SynchronizationContext.SetSynchronizationContext(turn);
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            // Only what nobody can await ends here, such as an async void method.
            slot.Unhandled(exception);
        }
        finally
        {
            Running = null;
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
