using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>Rollback: the handlers of steps, run in reverse, each with a record of its own.</content>
internal sealed partial class StepScheduler
{
    /// <summary>The record of the rollback as a whole.</summary>
    private static readonly JournalKey Whole = new(JournalKind.Rollback, "", 0);

    private readonly Dictionary<JournalKey, StepRollback> _rollbacks = [];
    private readonly Queue<StepCall> _skipped = new();
    private int _skips;

    /// <summary>
    /// The workflow's code runs only to find the handlers of its steps: what is recorded is handed over, and what is not
    /// ends at once without a result.
    /// </summary>
    public bool IsRebuilding { get; private set; }

    /// <summary>Handlers run, and the workflow asks for steps in vain.</summary>
    public bool IsRollingBack { get; private set; }

    /// <summary>Whether there is anything to roll back.</summary>
    public bool HasRollback => Eligible().Any();

    /// <summary>What set off the rollback that an earlier execution began; null if there is none.</summary>
    public RollbackTrigger? BegunRollback =>
        _journal.TryGetValue(Whole, out var record) ? RollbackTrigger.Read(record) : null;

    /// <summary>Whether the code has come as far as it is needed to find the handlers.</summary>
    public bool HasAllHandlers => Eligible().All(record => _rollbacks.ContainsKey(record.Key));

    public void BeginRebuilding() => IsRebuilding = true;

    /// <summary>Runs the handlers. The attempts that are under way are cancelled, and what they return is ignored.</summary>
    /// <returns>Null if there was nothing to roll back.</returns>
    public async Task<RollbackResult?> RollBackAsync(RollbackTrigger trigger)
    {
        CancelAttempts();
        _gated.Clear();
        _waits.Clear();
        _skipped.Clear();
        _replay.Clear();
        IsRebuilding = false;
        IsRollingBack = true;
        while (_ready.TryDequeue(out var ended))
        {
            Record(ended);
        }

        var steps = Eligible().OrderByDescending(record => record.StartOrder).ToList();
        if (steps.Count == 0)
        {
            return null;
        }

        Begin(trigger, steps.Count);
        var completed = 0;
        foreach (var step in steps)
        {
            var undone = await RollBackAsync(step, trigger).ConfigureAwait(false);
            if (undone.Outcome == JournalOutcome.Error)
            {
                return End(new RollbackResult(false, undone.Error), steps.Count, completed);
            }

            completed++;
        }

        return End(new RollbackResult(true), steps.Count, completed);
    }

    private IEnumerable<JournalRecord> Eligible() =>
        _journal.Values.Where(record => record.Key.Kind == JournalKind.Do && record.HasRollback);

    private void Begin(RollbackTrigger trigger, int total)
    {
        if (_journal.ContainsKey(Whole))
        {
            return;
        }

        var record = trigger.Write(new JournalRecord(Whole) { StartedAt = Now(), StartOrder = ++_lastStart });
        _journal.Add(Whole, record);
        buffer.Add(record);
        buffer.Log(
            new LogEntry(InstanceLogEventType.RollbackStarted, Now()) { Error = trigger.Error, TotalSteps = total }
        );
    }

    private RollbackResult End(RollbackResult result, int total, int completed)
    {
        var type = result.IsComplete ? InstanceLogEventType.RollbackCompleted : InstanceLogEventType.RollbackErrored;
        buffer.Log(
            new LogEntry(type, Now())
            {
                Error = result.Error,
                TotalSteps = total,
                CompletedSteps = completed,
            }
        );
        return result;
    }

    private Task<JournalRecord> RollBackAsync(JournalRecord step, RollbackTrigger trigger)
    {
        var key = new JournalKey(JournalKind.Rollback, step.Key.Name, step.Key.Ordinal);
        var asked =
            _journal.GetValueOrDefault(key) ?? new JournalRecord(key) { StartedAt = Now(), StartOrder = ++_lastStart };
        if (asked.Outcome != JournalOutcome.Pending)
        {
            return Task.FromResult(asked);
        }

        if (_rollbacks.TryGetValue(step.Key, out var rollback))
        {
            return BeginAsync(
                asked,
                new StepOptions { Retries = rollback.Retries, Timeout = rollback.Timeout },
                (context, cancellationToken) => CallAsync(rollback, step, trigger, context, cancellationToken),
                isStream: false
            );
        }

        var missing = new StepCall(asked);
        buffer.Started(asked, Now());
        Conclude(
            missing,
            JournalOutcome.Error,
            default,
            new InstanceError("RollbackMissing", "Rollback function not available in registry"),
            Now()
        );
        return missing.Outcome;
    }

    private static async Task<ReadOnlyMemory<byte>> CallAsync(
        StepRollback rollback,
        JournalRecord step,
        RollbackTrigger trigger,
        WorkflowStepContext context,
        CancellationToken cancellationToken
    )
    {
        var hasOutput = step.Outcome == JournalOutcome.Value;
        var output = hasOutput ? WorkflowPayloads.Decode(step.Value) : default;
        await rollback
            .Handler(new RollbackContext(context, trigger.Error, hasOutput, output), cancellationToken)
            .ConfigureAwait(false);
        return default;
    }

    /// <summary>Ends a step without a result and without a record.</summary>
    private void Skip(StepCall call)
    {
        // A loop that counts on results would never end; by then its steps are long past those with handlers.
        if (++_skips > definition.StepLimit)
        {
            return;
        }

        call.Record = call.Record with { Outcome = JournalOutcome.Value, Value = default };
        _skipped.Enqueue(call);
    }
}
