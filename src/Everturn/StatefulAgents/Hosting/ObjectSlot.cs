using Everturn.StatefulAgents.Turns;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>
/// An object's place in this process, as long as it is in memory or has connections. It outlives single stays of the
/// object in memory.
/// </summary>
internal sealed class ObjectSlot
{
    private readonly Lock _gate = new();
    private bool _retired;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _gone;

    public ObjectSlot(StatefulAgentId id, StatefulAgentRegistration registration, ObjectHost host)
    {
        Id = id;
        Registration = registration;
        Host = host;
        Connections = new ConnectionSet(host.TagOf(id));
        Thread = new ObjectThread(this);
    }

    public StatefulAgentId Id { get; }

    public StatefulAgentRegistration Registration { get; }

    public ObjectHost Host { get; }

    public ObjectThread Thread { get; }

    public ConnectionSet Connections { get; }

    /// <summary>The object's stay in memory; null between stays.</summary>
    public ObjectActivation? Active { get; private set; }

    /// <summary>Whether something is written that is not durable, or the stay is to end.</summary>
    public bool HasToSettle => Active is { HasToSettle: true };

    /// <summary>Adds a message.</summary>
    /// <returns>False when this slot is no longer in use: the object has another one.</returns>
    public bool TryAdd(Turn turn)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            Thread.Add(turn);
            return true;
        }
    }

    /// <summary>Returns when not too much waits for the object.</summary>
    public Task WaitForRoomAsync()
    {
        if (Thread.Waiting < Host.Options.MaxWaiting)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return Thread.Waiting < Host.Options.MaxWaiting ? Task.CompletedTask : _room.Task;
        }
    }

    /// <summary>Brings the object into memory, then begins with a turn. On the object's thread.</summary>
    public void StartFor(Turn first)
    {
        var start = new StartTurn(this, first);
        Thread.Enter(start);
        Thread.Continue(start, static state => ((StartTurn)state!).Start(), start);
    }

    /// <summary>The object is in memory, but not started. On the object's thread.</summary>
    public void Activated(ObjectActivation activation)
    {
        Active = activation;
        // A message that came before the host began to stop may bring the object back.
        activation.EndsWhenQuiet = _gone is not null;
        Host.Activated();
    }

    /// <summary>Lets it leave memory if it is idle. From any thread.</summary>
    public void OfferEviction() =>
        Control(slot =>
        {
            if (slot.Active is { IsIdle: true, IsStarted: true } active && slot.Thread.IsQuiet)
            {
                active.End(ObjectEndingKind.Evicted, "it was idle");
            }
        });

    /// <summary>Ends the stay. From any thread.</summary>
    public void End(ObjectEndingKind kind, string reason) => Control(slot => slot.Active?.End(kind, reason));

    /// <summary>Code threw where nobody can await it.</summary>
    public void Unhandled(Exception exception) =>
        Active?.End(ObjectEndingKind.Reset, "its code threw where nothing awaits it", exception);

    /// <summary>Makes what was written durable and lets out what waited for that. Nothing else runs meanwhile.</summary>
    public ValueTask SettleAsync()
    {
        if (Interlocked.Exchange(ref _room, null) is { } room)
        {
            room.SetResult();
        }

        return Active is { HasToSettle: true } active ? SettleAsync(active) : ValueTask.CompletedTask;
    }

    /// <summary>Closes the connections, and ends the stay with its last turn. From any thread.</summary>
    public Task ShutDownAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_retired)
            {
                return Task.CompletedTask;
            }

            _gone = gone;
        }

        Control(slot =>
        {
            if (slot.Active is not { } active)
            {
                slot.Connections.CloseAll(1012, "The server is restarting");
                slot.RetireIfUnused();
            }
            else if (active.HasTurns)
            {
                active.EndsWhenQuiet = true;
            }
            else
            {
                active.End(ObjectEndingKind.Shutdown, "its host stops");
            }
        });
        return gone.Task;
    }

    private void Control(Action<ObjectSlot> action)
    {
        lock (_gate)
        {
            if (!_retired)
            {
                Thread.Continue(new ControlTurn(this), static state => Act(state!), (this, action));
            }
        }

        static void Act(object state)
        {
            var (slot, action) = ((ObjectSlot, Action<ObjectSlot>))state;
            action(slot);
        }
    }

    private async ValueTask SettleAsync(ObjectActivation active)
    {
        if (await active.SettleAsync().ConfigureAwait(false))
        {
            return;
        }

        Active = null;
        Thread.LeaveAny();
        Host.Deactivated();
        RetireIfUnused();
    }

    /// <summary>Gives up this slot if nothing needs it. On the object's thread.</summary>
    public void RetireIfUnused()
    {
        lock (_gate)
        {
            // What a stay that ended left awaiting may still come back here; it finds no object and ends.
            if (Active is null && Thread.Exclusive is null && Connections.Count == 0 && Thread.Waiting == 0)
            {
                _retired = true;
                Host.Remove(this);
                _gone?.SetResult();
            }
        }
    }
}
