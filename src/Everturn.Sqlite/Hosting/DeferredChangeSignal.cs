using System.Collections.Immutable;
using Everturn.Storage;

namespace Everturn.Sqlite.Hosting;

/// <summary>The change signal of a database that may be opened later: keeps the listeners until then.</summary>
internal sealed class DeferredChangeSignal : IChangeSignal
{
    private ImmutableArray<Subscription> _subscriptions = [];

    public IDisposable Subscribe(Action onChange)
    {
        var subscription = new Subscription(this, onChange);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, added) => all.Add(added), subscription);
        return subscription;
    }

    /// <summary>The database is open. Its signal ends with it, so nobody has to stop listening.</summary>
    public void Follow(IChangeSignal signal) => signal.Subscribe(Raise);

    private void Raise()
    {
        foreach (var subscription in _subscriptions)
            subscription.OnChange();
    }

    private sealed class Subscription(DeferredChangeSignal signal, Action onChange) : IDisposable
    {
        public Action OnChange { get; } = onChange;

        public void Dispose() =>
            ImmutableInterlocked.Update(ref signal._subscriptions, static (all, gone) => all.Remove(gone), this);
    }
}
