using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>
/// Keeps the index of alarms in step with what an object has pending. The index is never later than that, whenever the
/// process dies: an earlier time is written before the object's commit, a later one after.
/// </summary>
internal sealed class AlarmKeeper(ObjectActivation activation)
{
    private DateTimeOffset? _indexed = activation.Placement.Alarm;
    private DateTimeOffset? _wanted;
    private DateTimeOffset? _heartbeat;
    private Task _writing = Task.CompletedTask;

    /// <summary>Whether what is pending may have changed.</summary>
    public bool IsDirty { get; private set; }

    private ObjectHost Host => activation.Host;

    /// <summary>What is pending may have changed.</summary>
    public void Touch() => IsDirty = true;

    /// <summary>The alarm has fired: what it was for is handled, and the next one is to be found.</summary>
    public void Fired()
    {
        _heartbeat = null;
        Touch();
    }

    /// <summary>Before the object's commit: writes an earlier time.</summary>
    /// <returns>Whether a later one is to be written afterwards.</returns>
    public async ValueTask<bool> PrepareAsync()
    {
        if (!IsDirty)
        {
            return false;
        }

        IsDirty = false;
        _wanted = Earliest();
        if (_wanted == _indexed)
        {
            return false;
        }

        if (_wanted is not { } time || time > _indexed)
        {
            return true;
        }

        await _writing.ConfigureAwait(false);
        await Host.Directory.SetAlarmAsync(activation.Id, activation.Placement.Fence, time).ConfigureAwait(false);
        _indexed = time;
        Host.Expect(time);
        return false;
    }

    /// <summary>After the object's commit: writes the later time. Nobody has to wait for it.</summary>
    public void WriteLater()
    {
        _indexed = _wanted;
        _writing = WriteAsync(_writing, _wanted);
    }

    /// <summary>Returns when nothing is being written.</summary>
    public Task WrittenAsync() => _writing;

    private async Task WriteAsync(Task before, DateTimeOffset? alarm)
    {
        await before.ConfigureAwait(false);
        try
        {
            await Host.Directory.SetAlarmAsync(activation.Id, activation.Placement.Fence, alarm).ConfigureAwait(false);
            if (alarm is { } time)
            {
                Host.Expect(time);
            }
        }
        catch (Exception exception)
        {
            // The index is early now, which wakes the object once for nothing; but who owns it may have changed.
            StatefulAgentLog.AlarmNotWritten(Host.Logger, activation.Id, exception);
            if (exception is OwnershipLostException)
            {
                activation.Slot.End(ObjectEndingKind.Reset, "another host owns it");
            }
        }
    }

    private DateTimeOffset? Earliest()
    {
        DateTimeOffset? earliest = null;
        if (activation.Tables.Has(AgentSql.ScheduleTable))
        {
            Take(activation.Database.Execute(AgentSql.EarliestSchedule)[0][0].AsLongOrNull());
        }

        var now = activation.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (activation.Drainer.HasItems)
        {
            // An index that is due already stays as it is.
            Take(Math.Min(now, _indexed?.ToUnixTimeMilliseconds() ?? now));
        }

        if (activation.IsKeptAlive)
        {
            _heartbeat ??= DateTimeOffset.FromUnixTimeMilliseconds(now) + activation.Agent.Options.KeepAliveInterval;
            Take(_heartbeat.Value.ToUnixTimeMilliseconds());
        }
        else
        {
            _heartbeat = null;
        }

        return earliest;

        void Take(long? milliseconds)
        {
            if (milliseconds is { } value && DateTimeOffset.FromUnixTimeMilliseconds(value) is var time)
            {
                earliest = earliest < time ? earliest : time;
            }
        }
    }
}
