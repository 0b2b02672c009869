using Everturn.StatefulAgents.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.StatefulAgents;

/// <summary>What stateful agents log. Event ids 2300 to 2399.</summary>
internal static partial class StatefulAgentLog
{
    [LoggerMessage(2300, LogLevel.Debug, "{Agent} has left memory ({Kind}): {Reason}")]
    public static partial void Ended(ILogger logger, StatefulAgentId agent, ObjectEndingKind kind, string reason);

    [LoggerMessage(2301, LogLevel.Error, "A commit of {Agent} failed; replies that waited for it are dropped.")]
    public static partial void CommitFailed(ILogger logger, StatefulAgentId agent, Exception exception);

    [LoggerMessage(2302, LogLevel.Warning, "{Agent} could not be disposed.")]
    public static partial void DisposeFailed(ILogger logger, StatefulAgentId agent, Exception exception);

    [LoggerMessage(2303, LogLevel.Error, "The start of {Agent} failed.")]
    public static partial void StartFailed(ILogger logger, StatefulAgentId agent, Exception exception);

    [LoggerMessage(2304, LogLevel.Error, "{Agent} threw where no caller is told.")]
    public static partial void TurnFailed(ILogger logger, StatefulAgentId agent, Exception exception);

    [LoggerMessage(2305, LogLevel.Error, "The stored state of {Agent} cannot be read; it begins anew.")]
    public static partial void StateUnreadable(ILogger logger, StatefulAgentId agent, Exception exception);

    [LoggerMessage(2306, LogLevel.Information, "{Agent} refused a state of a client: {Reason}")]
    public static partial void StateRefused(ILogger logger, StatefulAgentId agent, string reason);

    [LoggerMessage(2307, LogLevel.Information, "A call of {Agent}.{Method} failed.")]
    public static partial void CallFailed(ILogger logger, StatefulAgentId agent, string method, Exception exception);

    [LoggerMessage(2308, LogLevel.Debug, "{Connection} has connected to {Agent}.")]
    public static partial void Connected(ILogger logger, StatefulAgentId agent, string connection);

    [LoggerMessage(2309, LogLevel.Debug, "{Connection} has left {Agent}: {Code} {Reason}")]
    public static partial void Disconnected(
        ILogger logger,
        StatefulAgentId agent,
        string connection,
        int code,
        string reason
    );

    [LoggerMessage(2310, LogLevel.Debug, "{Agent} has started in {Elapsed}.")]
    public static partial void Started(ILogger logger, StatefulAgentId agent, TimeSpan elapsed);

    [LoggerMessage(2311, LogLevel.Debug, "The state of {Agent} was changed by {Source} to {Bytes} bytes.")]
    public static partial void StateChanged(ILogger logger, StatefulAgentId agent, string source, int bytes);

    [LoggerMessage(2320, LogLevel.Debug, "{Agent} is to call {Callback} at {Time}.")]
    public static partial void ScheduleCreated(
        ILogger logger,
        StatefulAgentId agent,
        string callback,
        DateTimeOffset time
    );

    [LoggerMessage(2321, LogLevel.Debug, "{Agent} cancelled schedule {Schedule}.")]
    public static partial void ScheduleCancelled(ILogger logger, StatefulAgentId agent, string schedule);

    [LoggerMessage(
        2322,
        LogLevel.Warning,
        "{Agent} schedules {Callback} in its start hook without deciding on Idempotent: each start adds one more."
    )]
    public static partial void ScheduleInStart(ILogger logger, StatefulAgentId agent, string callback);

    [LoggerMessage(2323, LogLevel.Warning, "{Agent} has {Count} schedules due for {Callback}.")]
    public static partial void ManyDue(ILogger logger, StatefulAgentId agent, int count, string callback);

    [LoggerMessage(2324, LogLevel.Error, "{Agent} has no method {Callback}; the schedule waits for code that has.")]
    public static partial void CallbackUnknown(ILogger logger, StatefulAgentId agent, string callback);

    [LoggerMessage(2325, LogLevel.Warning, "{Callback} of {Agent} hangs; the other schedules go on.")]
    public static partial void ScheduleHangs(ILogger logger, StatefulAgentId agent, string callback);

    [LoggerMessage(2326, LogLevel.Warning, "Attempt {Attempt} of {Callback} of {Agent} failed; it is tried again.")]
    public static partial void CallbackRetried(
        ILogger logger,
        StatefulAgentId agent,
        string callback,
        int attempt,
        Exception exception
    );

    [LoggerMessage(2327, LogLevel.Error, "{Callback} of {Agent} failed.")]
    public static partial void CallbackFailed(
        ILogger logger,
        StatefulAgentId agent,
        string callback,
        Exception exception
    );

    [LoggerMessage(2328, LogLevel.Debug, "{Agent} queued {Callback} as {Item}.")]
    public static partial void Queued(ILogger logger, StatefulAgentId agent, string callback, string item);

    [LoggerMessage(2329, LogLevel.Debug, "{Agent} is woken by its alarm, {Late} after its time.")]
    public static partial void Waking(ILogger logger, StatefulAgentId agent, TimeSpan late);

    [LoggerMessage(2330, LogLevel.Warning, "The alarm of {Agent} was not written; it is early.")]
    public static partial void AlarmNotWritten(ILogger logger, StatefulAgentId agent, Exception exception);

    [LoggerMessage(2331, LogLevel.Error, "{Agent} could not be woken by its alarm; trying again at {Time}.")]
    public static partial void WakeFailed(
        ILogger logger,
        StatefulAgentId agent,
        DateTimeOffset time,
        Exception exception
    );

    [LoggerMessage(2332, LogLevel.Error, "Looking for alarms failed; trying again.")]
    public static partial void PumpFailed(ILogger logger, Exception exception);

    [LoggerMessage(2333, LogLevel.Warning, "This host lost its place; its objects start anew.")]
    public static partial void PlaceLost(ILogger logger);
}
