namespace Everturn.StatefulAgents;

/// <summary>
/// Calls of the object's own methods at a later time (Cloudflare Agents, <c>schedule</c>). They are stored with the
/// object, wake it when they are due, also after a restart, and are retried. A callback is the name of a method with
/// <see cref="AgentCallbackAttribute"/> or <see cref="CallableAttribute"/>; it gets the payload and, if it has a
/// parameter for it, the <see cref="AgentSchedule"/>. It runs at least once: after a crash inside it, again.
/// </summary>
public interface IAgentSchedules
{
    /// <summary>Calls back once, after a delay.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="delay">How long from now; zero or less is at once.</param>
    /// <param name="callback">The method.</param>
    /// <param name="payload">What it gets.</param>
    /// <param name="options">Retries, idempotence.</param>
    /// <exception cref="InvalidInputException">An argument is not acceptable; nothing was stored.</exception>
    AgentSchedule Add<T>(TimeSpan delay, string callback, T payload, ScheduleOptions? options = null);

    /// <summary>Calls back once, at a time.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="time">When; a past time is at once.</param>
    /// <param name="callback">The method.</param>
    /// <param name="payload">What it gets.</param>
    /// <param name="options">Retries, idempotence.</param>
    /// <exception cref="InvalidInputException">An argument is not acceptable; nothing was stored.</exception>
    AgentSchedule Add<T>(DateTimeOffset time, string callback, T payload, ScheduleOptions? options = null);

    /// <summary>Calls back by a cron expression of five fields (minute, hour, day of month, month, day of week), in UTC.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="cron">The expression, for example <c>0 9 * * 1-5</c>.</param>
    /// <param name="callback">The method.</param>
    /// <param name="payload">What it gets.</param>
    /// <param name="options">Retries, idempotence.</param>
    /// <exception cref="InvalidInputException">An argument is not acceptable; nothing was stored.</exception>
    AgentSchedule AddCron<T>(string cron, string callback, T payload, ScheduleOptions? options = null);

    /// <summary>Calls back again and again; one that is still running is not started a second time.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="interval">More than zero, at most 30 days.</param>
    /// <param name="callback">The method.</param>
    /// <param name="payload">What it gets.</param>
    /// <param name="options">Retries.</param>
    /// <returns>The schedule; the one there is if callback, interval and payload are the same.</returns>
    /// <exception cref="InvalidInputException">An argument is not acceptable; nothing was stored.</exception>
    AgentSchedule AddEvery<T>(TimeSpan interval, string callback, T payload, ScheduleOptions? options = null);

    /// <summary>The schedule with an id; null if there is none, or no more.</summary>
    /// <param name="id">The id.</param>
    AgentSchedule? Find(string id);

    /// <summary>Schedules, by the time when they are due.</summary>
    /// <param name="query">Which; null for all.</param>
    IReadOnlyList<AgentSchedule> List(ScheduleQuery? query = null);

    /// <summary>Removes a schedule.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>False if there was none.</returns>
    bool Cancel(string id);
}
