using Everturn.StatefulAgents.Storage;
using Everturn.Storage;
using Everturn.Workflows;

namespace Everturn.StatefulAgents.Hosting;

/// <summary>
/// Wakes objects when something in them is due, after a restart too, and opens no others. Holds one timer, however many
/// objects wait.
/// </summary>
internal sealed class AlarmPump(ObjectHost host) : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly AsyncPulse _pulse = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<StatefulAgentId> _waking = [];
    private readonly Dictionary<StatefulAgentId, (DateTimeOffset NotBefore, int Failures)> _later = [];
    private NodeIdentity _self;
    private Task _running = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Start()
    {
        _self = host.Nodes.Self;
        _running = Task.Run(RunAsync);
    }

    /// <summary>An alarm was set.</summary>
    public void Expect(DateTimeOffset alarm) => _pulse.Set();

    /// <summary>Wakes no more objects.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        using var timer = host.Time.CreateTimer(
            static state => ((AsyncPulse)state!).Set(),
            _pulse,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        var poll = DateTimeOffset.MinValue;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var now = host.Time.GetUtcNow();
                if (poll <= now)
                {
                    CheckPlace();
                    poll = now + host.Options.PollInterval;
                }

                var next = await WakeAsync(now).ConfigureAwait(false);
                timer.ChangeTo(next < poll ? next.Value : poll, host.Time);
                await _pulse.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                StatefulAgentLog.PumpFailed(host.Logger, exception);
                await Task.Delay(host.Options.PollInterval, host.Time, _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Dead hosts are fenced by the engine's poll; their objects are found with the next look at the index.
    private void CheckPlace()
    {
        if (_self == host.Nodes.Self)
        {
            return;
        }

        _self = host.Nodes.Self;
        StatefulAgentLog.PlaceLost(host.Logger);
        foreach (var slot in host.Slots.Where(slot => slot.Active is { } active && active.Placement.Node != _self))
        {
            slot.End(ObjectEndingKind.Reset, "its host lost its place");
        }
    }

    /// <returns>When the next alarm is due; null if none is known.</returns>
    private async Task<DateTimeOffset?> WakeAsync(DateTimeOffset now)
    {
        int passedOver;
        lock (_lock)
        {
            passedOver = _waking.Count + _later.Count;
        }

        var alarms = await host
            .Directory.ReadAlarmsAsync(host.Registry.Names, passedOver + host.Options.MaxWaking, _stop.Token)
            .ConfigureAwait(false);
        DateTimeOffset? next = null;
        lock (_lock)
        {
            Forget(alarms, now);
            foreach (var alarm in alarms)
            {
                if (_waking.Contains(alarm.Key))
                {
                    continue;
                }

                var due =
                    _later.TryGetValue(alarm.Key, out var later) && later.NotBefore > alarm.Time
                        ? later.NotBefore
                        : alarm.Time;
                if (due > now)
                {
                    next = next < due ? next : due;
                }
                else if (_waking.Count < host.Options.MaxWaking)
                {
                    _waking.Add(alarm.Key);
                    _ = WakeAsync(alarm);
                }
            }
        }

        return next;
    }

    // An object may have been destroyed, or have nothing pending any more, while it was passed over.
    private void Forget(IReadOnlyList<ObjectAlarm> alarms, DateTimeOffset now)
    {
        if (_later.Count > 0)
        {
            var known = alarms.Select(alarm => alarm.Key).ToHashSet();
            foreach (var key in _later.Where(later => later.Value.NotBefore <= now).Select(later => later.Key).ToList())
            {
                if (!known.Contains(key))
                {
                    _later.Remove(key);
                }
            }
        }
    }

    private async Task WakeAsync(ObjectAlarm alarm)
    {
        DateTimeOffset? lookAgain = null;
        Exception? failure = null;
        var late = host.Time.GetUtcNow() - alarm.Time;
        StatefulAgentLog.Waking(host.Logger, alarm.Key, late);
        StatefulAgentInstruments.AlarmLateness.Record(late.TotalSeconds, host.TagOf(alarm.Key));
        try
        {
            lookAgain = await host.WakeAsync(alarm.Key).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_lock)
        {
            _waking.Remove(alarm.Key);
            if (failure is not null)
            {
                var failures = _later.GetValueOrDefault(alarm.Key).Failures + 1;
                var delay = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 10));
                lookAgain = host.Time.GetUtcNow() + (delay < LongestDelay ? delay : LongestDelay);
                _later[alarm.Key] = (lookAgain.Value, failures);
            }
            else if (lookAgain is { } time)
            {
                _later[alarm.Key] = (time, 0);
            }
            else
            {
                _later.Remove(alarm.Key);
            }
        }

        if (failure is not null && !_stop.IsCancellationRequested)
        {
            StatefulAgentLog.WakeFailed(host.Logger, alarm.Key, lookAgain!.Value, failure);
        }

        _pulse.Set();
    }
}
