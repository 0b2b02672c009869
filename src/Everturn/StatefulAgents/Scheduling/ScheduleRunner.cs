using Everturn.StatefulAgents.Dispatch;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>
/// Calls back what is due, one after the other by time. One that hangs is no longer waited for, but not started again
/// while it runs.
/// </summary>
internal sealed class ScheduleRunner
{
    private const int ManyDue = 10;

    private static readonly TimeSpan UnknownCallbackDelay = TimeSpan.FromMinutes(5);

    private readonly ObjectActivation _activation;
    private readonly Callbacks _callbacks;
    private readonly HashSet<string> _running = [];

    public ScheduleRunner(ObjectActivation activation)
    {
        _activation = activation;
        _callbacks = new Callbacks(activation);
        Schedules = new ScheduleRows(activation, _callbacks);
    }

    public ScheduleRows Schedules { get; }

    /// <summary>Whether a callback is under way.</summary>
    public bool IsRunning => _running.Count > 0;

    private IObjectDatabase Database => _activation.Database;

    /// <summary>At the start: what an earlier stay had begun is not running any more.</summary>
    public void ResetRunning()
    {
        if (Schedules.HasTable() && Database.Execute(AgentSql.AnyRunning).Count > 0)
        {
            Database.Execute(AgentSql.ResetRunning);
        }
    }

    /// <summary>Runs what is due.</summary>
    /// <returns>When to look again at the earliest, whatever the index of alarms says; null for what that says.</returns>
    public async Task<DateTimeOffset?> RunDueAsync()
    {
        var due = Schedules.Due();
        WarnOfMany(due);
        var lookAgain = _activation.Drainer.GoOn() ? Later(_activation.Agent.Options.HungScheduleTimeout) : null;
        foreach (var schedule in due)
        {
            // Others ran in between: it may have been cancelled.
            if (_running.Contains(schedule.Id) || Schedules.Find(schedule.Id) is not { } current)
            {
                lookAgain ??= Later(_activation.Agent.Options.HungScheduleTimeout);
            }
            else if (_activation.Module.FindCallback(current.Callback) is not { } method)
            {
                StatefulAgentLog.CallbackUnknown(_activation.Host.Logger, _activation.Id, current.Callback);
                lookAgain ??= Later(UnknownCallbackDelay);
            }
            else if (!await MayStartAsync(current).ConfigureAwait(true))
            {
                // Given up, or cancelled.
            }
            else if (!await RunAsync(current, method).ConfigureAwait(true))
            {
                lookAgain ??= Later(_activation.Agent.Options.HungScheduleTimeout);
            }
        }

        _activation.Alarm.Fired();
        return lookAgain;
    }

    private async Task<bool> MayStartAsync(AgentSchedule schedule)
    {
        try
        {
            await _activation.Starts.CountAsync(schedule.Id, schedule.Callback, schedule.Time).ConfigureAwait(true);
            // Others ran while the start was written.
            return Schedules.Find(schedule.Id) is not null && !_running.Contains(schedule.Id);
        }
        catch (CallbackGivenUpException exception)
        {
            _callbacks.Failed(span: null, schedule.Callback, exception);
            Schedules.Cancel(schedule.Id);
            _activation.Report(connection: null, exception);
            return false;
        }
    }

    /// <returns>False if it still runs.</returns>
    private async Task<bool> RunAsync(AgentSchedule schedule, AgentMethod method)
    {
        _running.Add(schedule.Id);
        var running = CallBackAsync(schedule, method);
        if (!running.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_activation.Lifetime);
            var limit = Task.Delay(_activation.Agent.Options.HungScheduleTimeout, _activation.Time, stop.Token);
            await Task.WhenAny(running, limit).ConfigureAwait(true);
            await stop.CancelAsync().ConfigureAwait(true);
        }

        if (running.IsCompleted)
        {
            return true;
        }

        StatefulAgentLog.ScheduleHangs(_activation.Host.Logger, _activation.Id, schedule.Callback);
        return false;
    }

    private async Task CallBackAsync(AgentSchedule schedule, AgentMethod method)
    {
        if (schedule.Type == ScheduleType.Interval)
        {
            Database.Execute(AgentSql.BeginSchedule, new SqlValue(schedule.Id), Now());
        }

        StatefulAgentInstruments.Schedules.Add(1, _activation.Host.TagOf(_activation.Id));
        using var span = StatefulAgentSpans
            .Start("agent.schedule", _activation.Id)
            ?.SetTag("everturn.callback", schedule.Callback)
            .SetTag("everturn.schedule", schedule.Id)
            .SetTag("everturn.schedule.type", ScheduleRows.Name(schedule.Type));
        try
        {
            await _callbacks
                .RunAsync(
                    schedule.Callback,
                    method,
                    schedule.Payload,
                    schedule.Retry,
                    arguments => new AgentCall(arguments, _activation.Lifetime) { Schedule = schedule }
                )
                .ConfigureAwait(true);
        }
        catch (Exception exception) when (!_activation.IsEnding && exception is not ObjectResetException)
        {
            _callbacks.Failed(span, schedule.Callback, exception);
            _activation.Report(connection: null, exception);
        }
        catch (Exception exception) when (_activation.IsEnding)
        {
            // It is called back again by a later stay.
            _callbacks.Failed(span, schedule.Callback, exception);
            return;
        }
        finally
        {
            _running.Remove(schedule.Id);
        }

        Finish(schedule);
    }

    private void Finish(AgentSchedule schedule)
    {
        if (_activation.IsEnding || !Schedules.HasTable())
        {
            return;
        }

        _activation.Starts.Forget(schedule.Id);
        var now = _activation.Time.GetUtcNow();
        var next = schedule.Type switch
        {
            ScheduleType.Cron => CronExpression.Parse(schedule.Cron!).Next(now),
            ScheduleType.Interval => now + schedule.Interval,
            _ => null,
        };
        if (next is { } time)
        {
            Database.Execute(
                AgentSql.RepeatSchedule,
                new SqlValue(schedule.Id),
                new SqlValue(time.ToUnixTimeMilliseconds())
            );
        }
        else
        {
            Database.Execute(AgentSql.DeleteSchedule, new SqlValue(schedule.Id));
        }

        _activation.Alarm.Touch();
    }

    private void WarnOfMany(IReadOnlyList<AgentSchedule> due)
    {
        var many = due.Where(schedule => schedule.Type is ScheduleType.Delayed or ScheduleType.Scheduled)
            .CountBy(schedule => schedule.Callback)
            .Where(pair => pair.Value >= ManyDue);
        foreach (var (callback, count) in many)
        {
            StatefulAgentLog.ManyDue(_activation.Host.Logger, _activation.Id, count, callback);
        }
    }

    // Another schedule may be due before the one that is passed over here.
    private DateTimeOffset? Later(TimeSpan wait)
    {
        var latest = _activation.Time.GetUtcNow() + wait;
        if (!Schedules.HasTable())
        {
            return latest;
        }

        var next = Database.Execute(AgentSql.EarliestScheduleAfter, Now())[0][0].AsLongOrNull();
        return
            next is { } milliseconds
            && DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) is var time
            && time < latest
            ? time
            : latest;
    }

    private SqlValue Now() => new(_activation.Time.GetUtcNow().ToUnixTimeMilliseconds());
}
