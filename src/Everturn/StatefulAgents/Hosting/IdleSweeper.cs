namespace Everturn.StatefulAgents.Hosting;

/// <summary>Lets idle objects leave memory: after a while, and at once where there are too many.</summary>
internal sealed class IdleSweeper(ObjectHost host) : IDisposable
{
    private ITimer? _timer;
    private int _clearing;

    public void Start()
    {
        var period = host.Options.IdleTimeout / 4;
        _timer = host.Time.CreateTimer(static state => ((IdleSweeper)state!).Sweep(), this, period, period);
    }

    /// <summary>There are too many objects in memory: those used least recently leave, a tenth more than needed.</summary>
    public void Clear()
    {
        if (Interlocked.Exchange(ref _clearing, 1) == 0)
        {
            ThreadPool.QueueUserWorkItem(static sweeper => sweeper.ClearNow(), this, preferLocal: false);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Sweep()
    {
        foreach (var slot in host.Slots)
        {
            if (
                slot.Active is { IsIdle: true } active
                && host.Time.GetElapsedTime(active.LastUsed) >= host.Options.IdleTimeout
            )
            {
                slot.OfferEviction();
            }
        }
    }

    private void ClearNow()
    {
        Volatile.Write(ref _clearing, 0);
        var surplus = host.InMemory - (host.Options.MaxInMemory * 9 / 10);
        var idle = host
            .Slots.Select(slot => (Slot: slot, slot.Active))
            .Where(pair => pair.Active is { IsIdle: true, IsStarted: true })
            .OrderBy(pair => pair.Active!.LastUsed)
            .Take(Math.Max(surplus, 0));
        foreach (var (slot, _) in idle.ToList())
        {
            slot.OfferEviction();
        }
    }
}
