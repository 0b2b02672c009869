using System.Text.Json;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>An object's schedules, as its agent uses them.</summary>
internal sealed class ScheduleRows(ObjectActivation activation, Callbacks callbacks) : IAgentSchedules
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);

    private readonly HashSet<string> _warned = [];

    private IObjectDatabase Database => activation.Database;

    private DateTimeOffset Now =>
        DateTimeOffset.FromUnixTimeMilliseconds(activation.Time.GetUtcNow().ToUnixTimeMilliseconds());

    public AgentSchedule Add<T>(TimeSpan delay, string callback, T payload, ScheduleOptions? options = null)
    {
        delay = delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
        return Store(
            New(ScheduleType.Delayed, callback, payload, options) with
            {
                Time = Now + delay,
                Delay = delay,
            },
            options,
            isIdempotent: options?.Idempotent ?? false
        );
    }

    public AgentSchedule Add<T>(DateTimeOffset time, string callback, T payload, ScheduleOptions? options = null) =>
        Store(
            New(ScheduleType.Scheduled, callback, payload, options) with
            {
                Time = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()),
            },
            options,
            isIdempotent: options?.Idempotent ?? false
        );

    public AgentSchedule AddCron<T>(string cron, string callback, T payload, ScheduleOptions? options = null)
    {
        var next = CronExpression.Parse(cron).Next(Now);
        return Store(
            New(ScheduleType.Cron, callback, payload, options) with
            {
                Time = next!.Value,
                Cron = cron,
            },
            options,
            isIdempotent: options?.Idempotent ?? true
        );
    }

    public AgentSchedule AddEvery<T>(TimeSpan interval, string callback, T payload, ScheduleOptions? options = null)
    {
        if (interval < TimeSpan.FromMilliseconds(1))
        {
            throw new InvalidInputException(nameof(interval), "must be a positive time");
        }

        if (interval > LongestInterval)
        {
            throw new InvalidInputException(nameof(interval), "cannot exceed 30 days");
        }

        return Store(
            New(ScheduleType.Interval, callback, payload, options) with
            {
                Time = Now + interval,
                Interval = interval,
            },
            options,
            isIdempotent: true
        );
    }

    public AgentSchedule? Find(string id) =>
        HasTable() && Database.Execute(AgentSql.SelectSchedule, new SqlValue(id)).FirstOrNull() is { } row
            ? Read(row)
            : null;

    public IReadOnlyList<AgentSchedule> List(ScheduleQuery? query = null)
    {
        if (!HasTable())
        {
            return [];
        }

        query ??= new();
        return
        [
            .. Database
                .Execute(
                    AgentSql.ListSchedules,
                    new SqlValue(query.Id),
                    new SqlValue(query.Type is { } type ? Name(type) : null),
                    Milliseconds(query.From),
                    Milliseconds(query.Until)
                )
                .Select(Read),
        ];
    }

    public bool Cancel(string id)
    {
        if (!HasTable() || Database.Execute(AgentSql.DeleteSchedule, new SqlValue(id)).RowsWritten == 0)
        {
            return false;
        }

        activation.Starts.Forget(id);
        activation.Alarm.Touch();
        StatefulAgentLog.ScheduleCancelled(activation.Host.Logger, activation.Id, id);
        return true;
    }

    /// <summary>Those that are due, the earliest first.</summary>
    public IReadOnlyList<AgentSchedule> Due() =>
        HasTable()
            ? [.. Database.Execute(AgentSql.DueSchedules, Milliseconds(activation.Time.GetUtcNow())).Select(Read)]
            : [];

    public bool HasTable()
    {
        activation.RequireTurn();
        return activation.Tables.Has(AgentSql.ScheduleTable);
    }

    private static SqlValue Milliseconds(DateTimeOffset? time) =>
        time is { } value ? new SqlValue(value.ToUnixTimeMilliseconds()) : default;

    private static SqlValue Milliseconds(TimeSpan? time) =>
        time is { } value ? new SqlValue((long)value.TotalMilliseconds) : default;

    private static TimeSpan? Time(SqlValue value) => value.IsNull ? null : TimeSpan.FromMilliseconds(value.AsLong());

    /// <summary>The type, as it is stored.</summary>
    public static string Name(ScheduleType type) =>
        type switch
        {
            ScheduleType.Scheduled => "scheduled",
            ScheduleType.Delayed => "delayed",
            ScheduleType.Cron => "cron",
            _ => "interval",
        };

    private static AgentSchedule Read(SqlRow row) =>
        new()
        {
            Id = row[0].AsText(),
            Callback = row[1].AsText(),
            Payload = row[2].AsTextOrNull() is { } payload ? JsonElement.Parse(payload) : null,
            Type = Enum.Parse<ScheduleType>(row[3].AsText(), ignoreCase: true),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row[4].AsLong()),
            Delay = Time(row[5]),
            Cron = row[6].AsTextOrNull(),
            Interval = Time(row[7]),
            Retry = StoredRetry.Read(row[8].AsTextOrNull()),
        };

    private AgentSchedule New<T>(ScheduleType type, string callback, T payload, ScheduleOptions? options)
    {
        activation.RequireTurn();
        callbacks.Check(callback);
        callbacks.Check(options?.Retry);
        return new()
        {
            Id = ShortId.New(),
            Callback = callback,
            Payload = JsonElement.Parse(AgentJson.Write(payload)),
            Type = type,
            Time = default,
            Retry = options?.Retry,
        };
    }

    private AgentSchedule Store(AgentSchedule schedule, ScheduleOptions? options, bool isIdempotent)
    {
        WarnInStart(schedule, options);
        activation.Tables.Ensure(AgentSql.ScheduleTable, AgentSql.CreateSchedules);
        // Also where an equal one is there already: its alarm may have been lost.
        activation.Alarm.Touch();
        if (isIdempotent && FindEqual(schedule) is { } equal)
        {
            return equal;
        }

        Database.Execute(
            AgentSql.InsertSchedule,
            new SqlValue(schedule.Id),
            new SqlValue(schedule.Callback),
            new SqlValue(schedule.Payload?.GetRawText()),
            new SqlValue(Name(schedule.Type)),
            Milliseconds(schedule.Time),
            Milliseconds(schedule.Delay),
            new SqlValue(schedule.Cron),
            Milliseconds(schedule.Interval),
            new SqlValue(StoredRetry.Write(schedule.Retry)),
            Milliseconds(Now)
        );
        StatefulAgentLog.ScheduleCreated(activation.Host.Logger, activation.Id, schedule.Callback, schedule.Time);
        return schedule;
    }

    private AgentSchedule? FindEqual(AgentSchedule schedule) =>
        Database
            .Execute(
                AgentSql.SelectEqual,
                new SqlValue(Name(schedule.Type)),
                new SqlValue(schedule.Callback),
                new SqlValue(schedule.Payload?.GetRawText()),
                new SqlValue(schedule.Cron),
                Milliseconds(schedule.Interval)
            )
            .FirstOrNull()
            is { } row
            ? Read(row)
            : null;

    // Every stay in memory would add one more.
    private void WarnInStart(AgentSchedule schedule, ScheduleOptions? options)
    {
        if (
            !activation.IsStarted
            && options?.Idempotent is null
            && schedule.Type is (ScheduleType.Delayed or ScheduleType.Scheduled)
            && _warned.Add(schedule.Callback)
        )
        {
            StatefulAgentLog.ScheduleInStart(activation.Host.Logger, activation.Id, schedule.Callback);
        }
    }
}
