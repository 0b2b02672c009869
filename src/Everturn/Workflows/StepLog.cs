using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>What happens to steps, as entries of the instance's log.</summary>
internal static class StepLog
{
    public static void Started(this JournalBuffer buffer, JournalRecord record, DateTimeOffset now)
    {
        if (record.Key.Kind == JournalKind.Sleep)
        {
            var duration = (long)(record.DueAt.GetValueOrDefault(now) - now).TotalMilliseconds;
            buffer.Log(Entry(InstanceLogEventType.SleepStarted, record, now) with { DurationMs = duration });
        }
        else if (IsWait(record.Key.Kind))
        {
            buffer.Log(Entry(InstanceLogEventType.WaitStarted, record, now) with { EventType = record.EventType });
        }
        else
        {
            buffer.Log(
                Entry(
                    IsRollback(record) ? InstanceLogEventType.RollbackStepStarted : InstanceLogEventType.StepStarted,
                    record,
                    now
                )
            );
        }
    }

    public static void AttemptStarted(this JournalBuffer buffer, JournalRecord record, DateTimeOffset now) =>
        buffer.Log(
            Entry(
                IsRollback(record) ? InstanceLogEventType.RollbackAttemptStarted : InstanceLogEventType.AttemptStarted,
                record,
                now
            ) with
            {
                Attempt = record.Attempt,
            }
        );

    public static void AttemptFailed(
        this JournalBuffer buffer,
        JournalRecord record,
        InstanceError error,
        TimeSpan? retryDelay,
        DateTimeOffset now
    ) =>
        buffer.Log(
            Entry(
                IsRollback(record) ? InstanceLogEventType.RollbackAttemptErrored : InstanceLogEventType.AttemptErrored,
                record,
                now
            ) with
            {
                Attempt = record.Attempt,
                Error = error,
                RetryDelayMs = (long?)retryDelay?.TotalMilliseconds,
            }
        );

    /// <summary>The outcome of a step, as it goes into the journal.</summary>
    public static void Ended(this JournalBuffer buffer, JournalRecord record)
    {
        var at = record.EndedAt ?? record.StartedAt;
        var isError = record.Outcome == JournalOutcome.Error;
        var kind = record.Key.Kind;
        if (kind == JournalKind.Sleep)
        {
            buffer.Log(Entry(InstanceLogEventType.SleepCompleted, record, at));
        }
        else if (IsWait(kind))
        {
            buffer.Log(
                Entry(
                    isError && record.Error?.Name == WorkflowTimeoutException.StoredName
                        ? InstanceLogEventType.WaitTimedOut
                        : InstanceLogEventType.WaitCompleted,
                    record,
                    at
                ) with
                {
                    Error = record.Error,
                    EventType = record.EventType,
                }
            );
        }
        else if (kind != JournalKind.Patch)
        {
            CallbackEnded(buffer, record, isError, at);
        }
    }

    private static void CallbackEnded(JournalBuffer buffer, JournalRecord record, bool isError, DateTimeOffset at)
    {
        var isRollback = IsRollback(record);
        if (isError)
        {
            var errored = isRollback ? InstanceLogEventType.RollbackStepErrored : InstanceLogEventType.StepErrored;
            buffer.Log(Entry(errored, record, at) with { Error = record.Error });
            return;
        }

        var attempt = isRollback
            ? InstanceLogEventType.RollbackAttemptCompleted
            : InstanceLogEventType.AttemptCompleted;
        var completed = isRollback ? InstanceLogEventType.RollbackStepCompleted : InstanceLogEventType.StepCompleted;
        buffer.Log(Entry(attempt, record, at) with { Attempt = record.Attempt });
        buffer.Log(Entry(completed, record, at));
    }

    private static bool IsWait(JournalKind kind) =>
        kind == JournalKind.WaitForEvent || kind == JournalKind.ChildEnd || InstanceCall.IsCall(kind);

    private static bool IsRollback(JournalRecord record) => record.Key.Kind == JournalKind.Rollback;

    private static LogEntry Entry(InstanceLogEventType type, JournalRecord record, DateTimeOffset at) =>
        new(type, at) { Step = record.Key };
}
