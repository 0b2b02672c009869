using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>
/// The steps of one execution: replays recorded outcomes in their order, starts callbacks once everything before them is
/// durable, and hands outcomes to the workflow one at a time. Everything here runs on the logical thread.
/// </summary>
internal sealed class StepScheduler(LogicalThread thread, JournalBuffer buffer, TimeProvider time) : IStepDriver
{
    private readonly Dictionary<JournalKey, JournalRecord> _journal = [];
    private readonly Dictionary<(JournalKind Kind, string Name), int> _ordinals = [];
    private readonly PriorityQueue<StepCall, long> _replay = new();
    private readonly Queue<StepCall> _ready = new();
    private readonly List<StepCall> _gated = [];
    private readonly List<StepCall> _waits = [];
    private readonly List<StepAttempt> _attempts = [];
    private readonly List<StoredEvent> _events = [];
    private readonly SortedDictionary<long, StoredEvent> _earlyEvents = [];
    private TaskCompletionSource? _callbacks;
    private int _runningCallbacks;
    private long _lastOrder;

    /// <summary>The number of the last event that is known here.</summary>
    public long LastEvent { get; private set; }

    /// <summary>Attempts whose outcome is awaited.</summary>
    public int OpenAttempts => _attempts.Count;

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

    /// <summary>When the first of the waits is due.</summary>
    public DateTimeOffset? NextDue => _waits.Min(wait => wait.Record.DueAt);

    public void Load(InstanceHistory history)
    {
        foreach (var record in history.Journal)
        {
            _journal.Add(record.Key, record);
            _lastOrder = Math.Max(_lastOrder, record.CompletionOrder ?? 0);
        }

        _events.InsertRange(0, history.Events.Where(stored => stored.Sequence > LastEvent));
        LastEvent = Math.Max(LastEvent, history.Record.LastEvent);
        TakeEarlyEvents();
    }

    /// <summary>An event arrived while the instance is in memory. Those of concurrent senders may come out of order.</summary>
    public void Offer(StoredEvent stored)
    {
        if (stored.Sequence > LastEvent)
        {
            _earlyEvents[stored.Sequence] = stored;
            TakeEarlyEvents();
        }
    }

    /// <summary>Hands the next outcome to the workflow, or starts what may start.</summary>
    /// <returns>Whether an outcome was handed over; if so, the workflow may have more to run.</returns>
    public bool Advance()
    {
        if (_replay.TryDequeue(out var replayed, out _))
        {
            replayed.Deliver();
            return true;
        }

        PromoteDue();
        if (_ready.TryDequeue(out var call))
        {
            call.Record = call.Record with { CompletionOrder = ++_lastOrder };
            buffer.Add(call.Record);
            if (call.Event is { } consumed)
            {
                buffer.Consume(consumed);
            }

            call.Deliver();
            return true;
        }

        StartGated();
        return false;
    }

    /// <summary>Cancels all attempts and ignores what comes of them.</summary>
    public void Abort()
    {
        IsStopping = true;
        foreach (var attempt in _attempts)
        {
            attempt.Close();
            attempt.Cancel();
        }

        _attempts.Clear();
        _gated.Clear();
    }

    public Task<ReadOnlyMemory<byte>> RunAsync(
        string name,
        StepOptions? options,
        Func<WorkflowStepContext, CancellationToken, Task<ReadOnlyMemory<byte>>> callback
    ) => OnThread(() => DoAsync(name, options ?? new(), callback));

    public Task SleepAsync(string name, TimeSpan duration) =>
        OnThread(() =>
            WaitAsync(
                JournalKind.Sleep,
                name,
                null,
                () =>
                {
                    StepRules.CheckSleep(duration);
                    return Now() + duration;
                }
            )
        );

    public Task SleepUntilAsync(string name, DateTimeOffset until) =>
        OnThread(() => WaitAsync(JournalKind.Sleep, name, null, () => StepRules.CheckSleepUntil(until, Now())));

    public async Task<ReceivedEvent<ReadOnlyMemory<byte>>> WaitForEventAsync(string name, string type, TimeSpan timeout)
    {
        WorkflowIdentifiers.CheckEventType(type);
        var record = await OnThread(() =>
                WaitAsync(
                    JournalKind.WaitForEvent,
                    name,
                    type,
                    () =>
                    {
                        StepRules.CheckWait(timeout);
                        return Now() + timeout;
                    }
                )
            )
            .ConfigureAwait(false);
        return new(WorkflowPayloads.Decode(record.Value), record.EndedAt ?? default, record.EventType ?? type);
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

    private static WorkflowTimeoutException TimeoutAfter(TimeSpan time) =>
        new($"Execution timed out after {(long)time.TotalMilliseconds}ms");

    private DateTimeOffset Now() => time.GetUtcMilliseconds();

    private async Task<ReadOnlyMemory<byte>> DoAsync(
        string name,
        StepOptions options,
        Func<WorkflowStepContext, CancellationToken, Task<ReadOnlyMemory<byte>>> callback
    )
    {
        var call = new StepCall(Ask(JournalKind.Do, name))
        {
            Callback = callback,
            Options = options,
            Context = ExecutionContext.Capture(),
            Gate = buffer.Written,
        };
        if (call.Record.Outcome != JournalOutcome.Pending)
        {
            _replay.Enqueue(call, call.Record.CompletionOrder ?? long.MaxValue);
        }
        else
        {
            StepRules.Check(options);
            if (call.Record.DueAt is null)
            {
                call.Record = call.Record with { Attempt = 1, Sensitive = options.Sensitive };
                _gated.Add(call);
            }
            else
            {
                _waits.Add(call);
            }
        }

        var record = await call.Outcome.ConfigureAwait(false);
        return record.Outcome == JournalOutcome.Value
            ? WorkflowPayloads.Decode(record.Value)
            : throw RecordedErrors.ToException(record);
    }

    private async Task<JournalRecord> WaitAsync(
        JournalKind kind,
        string name,
        string? eventType,
        Func<DateTimeOffset> chooseDue
    )
    {
        var asked = Ask(kind, name);
        var call = new StepCall(asked);
        if (asked.Outcome != JournalOutcome.Pending)
        {
            _replay.Enqueue(call, asked.CompletionOrder ?? long.MaxValue);
        }
        else
        {
            if (asked.DueAt is null)
            {
                call.Record = asked with { DueAt = chooseDue(), EventType = eventType };
                buffer.Add(call.Record);
            }

            _waits.Add(call);
            Receive(call);
        }

        var record = await call.Outcome.ConfigureAwait(false);
        return record.Outcome == JournalOutcome.Value ? record : throw RecordedErrors.ToException(record);
    }

    /// <summary>Numbers the call and finds what is recorded of it.</summary>
    private JournalRecord Ask(JournalKind kind, string name)
    {
        WorkflowIdentifiers.CheckStepName(name);
        var ordinal = _ordinals.GetValueOrDefault((kind, name)) + 1;
        _ordinals[(kind, name)] = ordinal;
        var key = new JournalKey(kind, name, ordinal);
        return _journal.GetValueOrDefault(key) ?? new JournalRecord(key) { StartedAt = Now() };
    }

    private void TakeEarlyEvents()
    {
        while (_earlyEvents.Count > 0 && _earlyEvents.First() is var (sequence, stored) && sequence <= LastEvent + 1)
        {
            _earlyEvents.Remove(sequence);
            if (sequence <= LastEvent)
            {
                continue;
            }

            LastEvent = sequence;
            _events.Add(stored);
            foreach (var wait in _waits.FindAll(wait => wait.Record.EventType == stored.Type))
            {
                Receive(wait);
            }
        }
    }

    /// <summary>Gives a wait the first event of its type that came in time.</summary>
    private void Receive(StepCall wait)
    {
        if (wait.Record.EventType is not { } type)
        {
            return;
        }

        var index = _events.FindIndex(stored => stored.Type == type && stored.SentAt <= wait.Record.DueAt);
        if (index < 0)
        {
            return;
        }

        var received = _events[index];
        _events.RemoveAt(index);
        _waits.Remove(wait);
        wait.Event = received.Sequence;
        Conclude(wait, JournalOutcome.Value, received.Payload, null, received.SentAt);
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
            if (wait.Callback is not null)
            {
                _gated.Add(wait);
            }
            else if (wait.Record.EventType is null)
            {
                Conclude(wait, JournalOutcome.Value, default, null, now);
            }
            else
            {
                var waited = wait.Record.DueAt!.Value - wait.Record.StartedAt;
                var error = RecordedErrors.From(TimeoutAfter(waited));
                Conclude(wait, JournalOutcome.Error, default, error, now);
            }
        }
    }

    private void StartGated()
    {
        if (IsStopping || _gated.Count == 0)
        {
            return;
        }

        foreach (var call in _gated)
        {
            if (call.Gate <= buffer.Durable)
            {
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

    /// <summary>An attempt ended: the step has its outcome, or another attempt is planned.</summary>
    private void Settle(StepCall call, ReadOnlyMemory<byte> value, Exception? exception)
    {
        var now = Now();
        if (exception is null && value.Length > JournalRecord.MaxValueBytes)
        {
            exception = new NonRetryableException(
                $"Step {call.Key.Name}-{call.Key.Ordinal} output is too large. Maximum allowed size is 1MiB."
            );
        }

        if (exception is null)
        {
            Conclude(call, JournalOutcome.Value, WorkflowPayloads.Encode(value), null, now);
            return;
        }

        var error = RecordedErrors.From(exception);
        var attempt = call.Record.Attempt;
        if (exception is NonRetryableException || attempt > call.Options.Retries.Limit)
        {
            Conclude(call, JournalOutcome.Error, default, error, now);
            return;
        }

        call.Record = call.Record with
        {
            Attempt = attempt + 1,
            Error = error,
            DueAt = now + StepRules.DelayAfter(attempt, call.Options.Retries),
        };
        buffer.Add(call.Record);
        call.Gate = buffer.Written;
        _waits.Add(call);
    }

    private void Conclude(
        StepCall call,
        JournalOutcome outcome,
        Payload value,
        InstanceError? error,
        DateTimeOffset endedAt
    )
    {
        call.Record = call.Record with { Outcome = outcome, Value = value, Error = error, EndedAt = endedAt };
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
            return ask();
        }

        var asked = new TaskCompletionSource<Task<T>>();
        var context = ExecutionContext.Capture();
        thread.Queue(
            _ =>
            {
                if (context is null)
                {
                    asked.SetResult(ask());
                }
                else
                {
                    ExecutionContext.Run(context, _ => asked.SetResult(ask()), null);
                }
            },
            null
        );
        return asked.Task.Unwrap();
    }
}
