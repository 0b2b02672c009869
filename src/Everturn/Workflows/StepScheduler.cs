using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>
/// The steps of one execution: replays recorded outcomes in their order, starts callbacks once everything before them is
/// durable, and hands outcomes to the workflow one at a time. Everything here runs on the logical thread.
/// </summary>
internal sealed partial class StepScheduler(
    LogicalThread thread,
    JournalBuffer buffer,
    TimeProvider time,
    IStepHost host,
    WorkflowDefinitionOptions definition
) : IStepDriver
{
    private readonly Dictionary<JournalKey, JournalRecord> _journal = [];
    private readonly Dictionary<(JournalKind Kind, string Name), int> _ordinals = [];
    private readonly PriorityQueue<StepCall, long> _replay = new();
    private readonly Queue<StepCall> _ready = new();
    private readonly List<StepCall> _gated = [];
    private readonly List<StepCall> _waits = [];
    private readonly List<StepAttempt> _attempts = [];
    private TaskCompletionSource? _callbacks;
    private int _runningCallbacks;
    private int _computedDelays;
    private int _asked;
    private long _lastOrder;
    private long _lastStart;

    /// <summary>Attempts whose outcome is awaited, and looks for children that may have ended.</summary>
    public int OpenAttempts => _attempts.Count + _computedDelays + _looks;

    /// <summary>Ends when every callback has returned, including those that nobody waits for any more.</summary>
    public Task Callbacks =>
        _runningCallbacks == 0
            ? Task.CompletedTask
            : (_callbacks ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whether there are sleeps, waits or retries to wait for.</summary>
    public bool HasWaits => _waits.Count > 0;

    /// <summary>Steps that will start when the journal is durable.</summary>
    public bool HasGated => _gated.Count > 0;

    /// <summary>No further callback starts.</summary>
    public bool IsStopping { get; set; }

    /// <summary>A pause is asked for: nothing new starts or becomes due until it is taken back.</summary>
    public bool IsPausing { get; set; }

    /// <summary>When the first of the waits is due.</summary>
    public DateTimeOffset? NextDue => _waits.Min(wait => wait.Record.DueAt);

    public void Load(InstanceHistory history)
    {
        foreach (var record in history.Journal)
        {
            _journal.Add(record.Key, record);
            _lastOrder = Math.Max(_lastOrder, record.CompletionOrder ?? 0);
            _lastStart = Math.Max(_lastStart, record.StartOrder);
            Expect(record);
        }

        LoadEvents(history);
    }

    /// <summary>Hands the next outcome to the workflow, or starts what may start.</summary>
    /// <returns>Whether an outcome was handed over; if so, the workflow may have more to run.</returns>
    public bool Advance()
    {
        if (_replay.TryDequeue(out var replayed, out _) || _skipped.TryDequeue(out replayed))
        {
            replayed.Deliver();
            return true;
        }

        if (!IsPausing)
        {
            PromoteDue();
        }

        if (_ready.TryDequeue(out var call))
        {
            Record(call);
            call.Deliver();
            return true;
        }

        CompareJournal();
        StartGated();
        return false;
    }

    /// <summary>Cancels all attempts and ignores what comes of them.</summary>
    public void Abort()
    {
        IsStopping = true;
        CancelAttempts();
        _gated.Clear();
    }

    /// <summary>Puts the start of the attempts that are under way into the journal, so that others can see them.</summary>
    public void NoteAttempts()
    {
        foreach (var call in _attempts.Select(attempt => attempt.Call).Where(call => !call.IsNoted))
        {
            call.IsNoted = true;
            buffer.Add(call.Record with { DueAt = null, Config = StepRules.ToConfig(call.Options) });
        }
    }

    /// <summary>A callback returned or threw. Called from any thread.</summary>
    public void Ended(StepAttempt attempt, ReadOnlyMemory<byte> value, Exception? exception) =>
        thread.Run(
            static state =>
            {
                var (scheduler, attempt, value, exception) = ((
                    StepScheduler,
                    StepAttempt,
                    ReadOnlyMemory<byte>,
                    Exception?
                ))
                    state!;
                if (!attempt.IsClosed)
                {
                    scheduler.Close(attempt);
                    scheduler.Settle(attempt.Call, value, attempt.IsCancelled ? TimeoutOf(attempt) : exception);
                }

                attempt.Dispose();
                if (--scheduler._runningCallbacks == 0)
                {
                    scheduler._callbacks?.TrySetResult();
                }
            },
            (this, attempt, value, exception)
        );

    /// <summary>The time of an attempt is over. Called from any thread.</summary>
    public void TimedOut(StepAttempt attempt) =>
        thread.Queue(
            static state =>
            {
                var (scheduler, attempt) = ((StepScheduler, StepAttempt))state!;
                if (!attempt.IsClosed)
                {
                    scheduler.Close(attempt);
                    scheduler.Settle(attempt.Call, default, TimeoutOf(attempt));
                }
            },
            (this, attempt)
        );

    private static WorkflowTimeoutException TimeoutOf(StepAttempt attempt) =>
        TimeoutAfter(attempt.Call.Options.Timeout);

    internal static WorkflowTimeoutException TimeoutAfter(TimeSpan time) =>
        new($"Execution timed out after {(long)time.TotalMilliseconds}ms");

    private DateTimeOffset Now() => time.GetUtcMilliseconds();

    /// <summary>Numbers the call and finds what is recorded of it.</summary>
    private JournalRecord Ask(JournalKind kind, string name)
    {
        WorkflowIdentifiers.CheckStepName(name);
        var ordinal = _ordinals.GetValueOrDefault((kind, name)) + 1;
        _ordinals[(kind, name)] = ordinal;
        var key = new JournalKey(kind, name, ordinal);
        if (_journal.TryGetValue(key, out var recorded))
        {
            Met(recorded);
            return recorded;
        }

        _asked++;
        Missed(key);
        return new JournalRecord(key) { StartedAt = Now(), StartOrder = ++_lastStart };
    }

    /// <summary>The outcome of a call gets its place and goes into the journal.</summary>
    private void Record(StepCall call)
    {
        call.Record = call.Record with { CompletionOrder = ++_lastOrder };
        _journal[call.Key] = call.Record;
        buffer.Add(call.Record);
        buffer.Ended(call.Record);
        if (call.Event is { } consumed)
        {
            buffer.Consume(consumed);
        }
    }

    /// <summary>Wakes what is due, the earliest first.</summary>
    private void PromoteDue()
    {
        if (_waits.Count == 0)
        {
            return;
        }

        var now = Now();
        foreach (var wait in _waits.Where(wait => wait.Record.DueAt <= now).OrderBy(wait => wait.Record.DueAt).ToList())
        {
            _waits.Remove(wait);
            WorkflowInstruments.Due(now - wait.Record.DueAt!.Value);
            if (wait.Callback is not null)
            {
                wait.Record = wait.Record with { DueAt = null };
                _gated.Add(wait);
            }
            else
            {
                ComeDue(wait, now);
            }
        }
    }

    /// <summary>A sleep is over, or a wait has timed out.</summary>
    private void ComeDue(StepCall wait, DateTimeOffset now)
    {
        if (InstanceCall.IsCall(wait.Key.Kind))
        {
            Expire(wait);
        }
        else if (wait.Record.EventType is null)
        {
            Conclude(wait, JournalOutcome.Value, default, null, now);
        }
        else
        {
            var waited = (wait.Record.DueAt ?? now) - wait.Record.StartedAt;
            var error = RecordedErrors.From(TimeoutAfter(waited));
            Conclude(wait, JournalOutcome.Error, default, error, now);
        }
    }

    private void StartGated()
    {
        if (IsStopping || IsPausing || Mismatch is not null || _gated.Count == 0)
        {
            return;
        }

        foreach (var call in _gated)
        {
            if (call.Gate <= buffer.Durable)
            {
                var now = Now();
                if (call.Record.Attempt == 1)
                {
                    buffer.Started(call.Record, now);
                }

                buffer.AttemptStarted(call.Record, now);
                var attempt = new StepAttempt(this, call, time);
                _attempts.Add(attempt);
                _runningCallbacks++;
                thread.Launch(attempt);
            }
        }

        _gated.RemoveAll(call => call.Gate <= buffer.Durable);
    }

    private void Close(StepAttempt attempt)
    {
        attempt.Close();
        _attempts.Remove(attempt);
    }

    private void CancelAttempts()
    {
        foreach (var attempt in _attempts)
        {
            attempt.Close();
            attempt.Cancel();
        }

        _attempts.Clear();
    }

    private void Conclude(
        StepCall call,
        JournalOutcome outcome,
        Everturn.Storage.Payload value,
        InstanceError? error,
        DateTimeOffset endedAt
    )
    {
        call.Record = call.Record with
        {
            Outcome = outcome,
            Value = value,
            Error = error,
            EndedAt = endedAt,
            Config = null,
        };
        _ready.Enqueue(call);
    }

    /// <summary>Runs <paramref name="ask"/> on the logical thread, also where workflow code strayed off it.</summary>
    private Task<T> OnThread<T>(Func<Task<T>> ask)
    {
        if (StepAttempt.IsInside(this))
        {
            return Task.FromException<T>(
                new InvalidOperationException("Steps cannot be nested: a step's callback asked for another step.")
            );
        }

        if (thread.IsCurrent)
        {
            return AskAsync(ask);
        }

        var asked = new TaskCompletionSource<Task<T>>();
        var context = ExecutionContext.Capture();
        thread.Queue(
            _ =>
            {
                if (context is null)
                {
                    asked.SetResult(AskAsync(ask));
                }
                else
                {
                    ExecutionContext.Run(context, _ => asked.SetResult(AskAsync(ask)), null);
                }
            },
            null
        );
        return asked.Task.Unwrap();
    }

    private Task<T> AskAsync<T>(Func<Task<T>> ask) =>
        IsRollingBack
            ? Task.FromException<T>(new NonRetryableException("Cannot execute steps during rollback phase"))
            : ask();
}
