using System.Text.Json;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Steps as users see them: from the journal, with the attempts that the log tells of.</summary>
internal static class StepSnapshots
{
    public static IReadOnlyList<StepSnapshot> Of(InstanceHistory history, IEnumerable<StoredLogEntry> log)
    {
        var attempts = Attempts(log, out var begun);
        var recorded = history.Journal.Where(record => record.Key.Name.Length > 0).ToList();
        var keys = recorded.Select(record => record.Key).ToHashSet();
        return
        [
            .. recorded
                .Select(record => (record.StartOrder, Step: Of(record, attempts.GetValueOrDefault(record.Key))))
                .Concat(
                    begun
                        .Where(entry => !keys.Contains(entry.Step!.Value))
                        .Select(entry => (StartOrder: long.MaxValue, Step: Of(entry, attempts)))
                )
                .OrderBy(step => step.StartOrder)
                .ThenBy(step => step.Step.StartedAt)
                .Select(step => step.Step),
        ];
    }

    /// <summary>A result as it is shown.</summary>
    public static ReadOnlyMemory<byte> Output(JournalRecord record) =>
        record.Outcome switch
        {
            JournalOutcome.Value or JournalOutcome.Stream when record.Sensitive => Text(StepSnapshot.Redacted),
            JournalOutcome.Value => WorkflowPayloads.Decode(record.Value),
            JournalOutcome.Stream => Text(StepStreams.Read(record).Preview),
            _ => default,
        };

    private static byte[] Text(string text) =>
        JsonSerializer.SerializeToUtf8Bytes(text, WorkflowEngineJson.Default.String);

    private static StepSnapshot Of(JournalRecord record, List<AttemptSnapshot>? attempts) =>
        new(
            new StepKind(record.Key.Kind.Value),
            record.Key.Name,
            record.Key.Ordinal,
            StatusOf(record),
            record.StartedAt
        )
        {
            EndedAt = record.EndedAt,
            DueAt = record.Outcome == JournalOutcome.Pending ? record.DueAt : null,
            EventType = record.EventType,
            OutputJson = Output(record),
            Error = record.Error,
            Attempts = attempts ?? [],
        };

    private static StepSnapshot Of(LogEntry begun, Dictionary<JournalKey, List<AttemptSnapshot>> attempts)
    {
        var key = begun.Step!.Value;
        return new StepSnapshot(new StepKind(key.Kind.Value), key.Name, key.Ordinal, StepStatus.Running, begun.At)
        {
            Attempts = attempts.GetValueOrDefault(key) ?? [],
        };
    }

    private static StepStatus StatusOf(JournalRecord record) =>
        record.Outcome switch
        {
            JournalOutcome.Error => StepStatus.Errored,
            JournalOutcome.Pending
                when record.DueAt is not null
                    || record.Key.Kind == JournalKind.ChildEnd
                    || InstanceCall.IsCall(record.Key.Kind) => StepStatus.Waiting,
            JournalOutcome.Pending => StepStatus.Running,
            _ => StepStatus.Completed,
        };

    private static Dictionary<JournalKey, List<AttemptSnapshot>> Attempts(
        IEnumerable<StoredLogEntry> log,
        out List<LogEntry> begun
    )
    {
        var attempts = new Dictionary<JournalKey, List<AttemptSnapshot>>();
        var open = new Dictionary<JournalKey, LogEntry>();
        foreach (var (_, entry) in log)
        {
            if (entry.Type == InstanceLogEventType.WorkflowQueued)
            {
                // Begun again: what was under way is not any more.
                open.Clear();
            }

            if (entry.Step is not { } step)
            {
                continue;
            }

            switch (entry.Type.Value)
            {
                case "step_started" or "rollback_step_started":
                    attempts[step] = [];
                    open[step] = entry;
                    break;
                case "attempt_started" or "rollback_attempt_started":
                    Of(attempts, step).Add(new AttemptSnapshot(entry.Attempt ?? 1) { StartedAt = entry.At });
                    break;
                case "attempt_completed"
                or "attempt_errored"
                or "rollback_attempt_completed"
                or "rollback_attempt_errored":
                    End(Of(attempts, step), entry);
                    break;
                case "step_completed" or "step_errored" or "rollback_step_completed" or "rollback_step_errored":
                    open.Remove(step);
                    break;
            }
        }

        begun = [.. open.Values];
        return attempts;
    }

    private static List<AttemptSnapshot> Of(Dictionary<JournalKey, List<AttemptSnapshot>> attempts, JournalKey step)
    {
        if (!attempts.TryGetValue(step, out var list))
        {
            attempts[step] = list = [];
        }

        return list;
    }

    private static void End(List<AttemptSnapshot> attempts, LogEntry entry)
    {
        var index = attempts.FindLastIndex(attempt => attempt.Attempt == entry.Attempt);
        var attempt = index >= 0 ? attempts[index] : new AttemptSnapshot(entry.Attempt ?? 1);
        attempt = attempt with
        {
            EndedAt = entry.At,
            Error = entry.Error,
            RetryDelay = entry.RetryDelayMs is { } delay ? TimeSpan.FromMilliseconds(delay) : null,
        };
        if (index >= 0)
        {
            attempts[index] = attempt;
        }
        else
        {
            attempts.Add(attempt);
        }
    }
}
