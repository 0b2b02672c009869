using Everturn.Approvals;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <content>Sleeps, waits for events, for the ends of children and for answers from outside.</content>
internal sealed partial class StepScheduler
{
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromSeconds(1);

    private readonly List<StoredEvent> _events = [];
    private readonly SortedDictionary<long, StoredEvent> _earlyEvents = [];
    private readonly Dictionary<string, string> _children = [];
    private int _looks;

    /// <summary>The number of the last event that is known here.</summary>
    public long LastEvent { get; private set; }

    /// <summary>An event arrived while the instance is in memory. Those of concurrent senders may come out of order.</summary>
    public void Offer(StoredEvent stored)
    {
        if (stored.Sequence > LastEvent)
        {
            _earlyEvents[stored.Sequence] = stored;
            TakeEarlyEvents();
        }
    }

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

    public async Task<ReadOnlyMemory<byte>> ChildEndAsync(string name, string childId, TimeSpan? timeout)
    {
        var record = await OnThread(() =>
                WaitAsync(
                    JournalKind.ChildEnd,
                    name,
                    ChildNotice.EventType(childId),
                    () =>
                    {
                        if (timeout is not { } longest)
                        {
                            return null;
                        }

                        StepRules.CheckWait(longest);
                        return Now() + longest;
                    }
                )
            )
            .ConfigureAwait(false);
        return WorkflowPayloads.Decode(record.Value);
    }

    public async Task<CallOutcome> RequestAsync(StepKind kind, string name, CallRequest request)
    {
        var record = await OnThread(() => RequestAsync(new JournalKind(kind.Value), name, request))
            .ConfigureAwait(false);
        return InstanceCall.Read(record.Value);
    }

    private Task<JournalRecord> RequestAsync(JournalKind kind, string name, CallRequest request)
    {
        var asked = Ask(kind, name);
        if (asked.EventType is not null || IsRebuilding)
        {
            return WaitAsync(asked, asked.EventType ?? InstanceCall.EventType(""), static () => null);
        }

        InstanceCall.Check(request);
        var call = host.NewCall(asked.Key, request, asked.StartedAt);
        var mocked = host.Overrides?.Answer(asked.Key);
        if (mocked is var (given, decidedBy))
        {
            AnswerRules.CheckFits(call, given);
            call = AnswerRules.Decide(call, given, decidedBy, asked.StartedAt);
        }

        buffer.Ask(call);
        var type = InstanceCall.EventType(call.ApprovalId);
        var waiting = WaitAsync(asked with { Sensitive = request.Sensitive }, type, () => call.ExpiresAt);
        if (mocked is var (answer, _) && _waits.Find(wait => wait.Record.EventType == type) is { } wait)
        {
            _waits.Remove(wait);
            Conclude(wait, InstanceCall.EventOf(call, answer).Payload, asked.StartedAt);
        }

        return waiting;
    }

    private Task<JournalRecord> WaitAsync(
        JournalKind kind,
        string name,
        string? eventType,
        Func<DateTimeOffset?> chooseDue
    ) => WaitAsync(Ask(kind, name), eventType, chooseDue);

    private async Task<JournalRecord> WaitAsync(JournalRecord asked, string? eventType, Func<DateTimeOffset?> chooseDue)
    {
        var call = new StepCall(asked);
        if (_journal.ContainsKey(asked.Key) && asked.EventType != eventType)
        {
            Mismatch ??= JournalComparison.EventType(asked, eventType);
        }
        else if (asked.Outcome != JournalOutcome.Pending)
        {
            _replay.Enqueue(call, asked.CompletionOrder ?? long.MaxValue);
        }
        else if (IsRebuilding)
        {
            // A sleep is over at once; what an event would have brought is not known, so that the replay ends there.
            if (eventType is null)
            {
                Skip(call);
            }
        }
        else
        {
            Wait(call, eventType, chooseDue);
        }

        var record = await call.Outcome.ConfigureAwait(false);
        return record.Outcome == JournalOutcome.Value ? record : throw RecordedErrors.ToException(record);
    }

    private void Wait(StepCall call, string? eventType, Func<DateTimeOffset?> chooseDue)
    {
        var isRecorded = _journal.ContainsKey(call.Key);
        if (!isRecorded)
        {
            call.Record = call.Record with { DueAt = chooseDue(), EventType = eventType };
            buffer.Add(call.Record);
            buffer.Started(call.Record, Now());
        }

        if (host.Overrides?.ComesDue(call.Key) == true)
        {
            ComeDue(call, Now());
            return;
        }

        if (host.Overrides?.ChildEnd(call.Key) is { } notice)
        {
            Conclude(call, notice);
            return;
        }

        _waits.Add(call);
        Receive(call);
        if (call.Key.Kind == JournalKind.ChildEnd && _waits.Contains(call))
        {
            _ = LookForEndAsync(call);
        }
        else if (isRecorded && InstanceCall.IsCall(call.Key.Kind) && _waits.Contains(call))
        {
            _ = SettleAsync(call, isDue: false);
        }
    }

    /// <summary>Nobody answered in time, or somebody did at the last moment: the row says which, and an event brings it.</summary>
    private void Expire(StepCall call)
    {
        call.Record = call.Record with { DueAt = null };
        _waits.Add(call);
        _ = SettleAsync(call, isDue: true);
    }

    /// <summary>
    /// The row of a call has its outcome although no event tells of it, where the instance had ended without taking it and
    /// was restarted from a later step.
    /// </summary>
    private async Task SettleAsync(StepCall call, bool isDue)
    {
        _looks++;
        Everturn.Storage.Payload? outcome = null;
        DateTimeOffset? again = null;
        try
        {
            var approvalId = InstanceCall.ApprovalId(call.Record.EventType!);
            outcome = await host.SettleCallAsync(approvalId, isDue).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The store fails: a deadline is looked at again, and for the rest see the end of a child.
            again = isDue ? Now() + ExpiryRetry : null;
        }

        thread.Queue(
            _ =>
            {
                _looks--;
                if (!_waits.Contains(call))
                {
                    return;
                }

                if (outcome is { } payload)
                {
                    _waits.Remove(call);
                    Conclude(call, payload, InstanceCall.Read(payload).DecidedAt);
                }
                else if (again is not null)
                {
                    call.Record = call.Record with { DueAt = again };
                }
            },
            null
        );
    }

    /// <summary>
    /// A child that ended before this execution began may have told an earlier one, and tells nobody again: the instance
    /// stays in memory until that is known.
    /// </summary>
    private async Task LookForEndAsync(StepCall call)
    {
        var childId = call.Record.EventType![ChildNotice.EventPrefix.Length..];
        if (!_children.TryGetValue(childId, out var workflow))
        {
            return;
        }

        _looks++;
        ChildNotice? notice = null;
        try
        {
            notice = await host.FindEndAsync(workflow, childId).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The store fails: this execution will soon find out by itself, and the next one looks again.
        }

        thread.Queue(
            _ =>
            {
                _looks--;
                if (notice is not null && _waits.Remove(call))
                {
                    Conclude(call, notice);
                }
            },
            null
        );
    }

    private void LoadEvents(InstanceHistory history)
    {
        _events.InsertRange(0, history.Events.Where(stored => stored.Sequence > LastEvent));
        LastEvent = Math.Max(LastEvent, history.Record.LastEvent);
        TakeEarlyEvents();
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

        // Whether an answer came in time its row has decided.
        var due = InstanceCall.IsCall(wait.Key.Kind) ? null : wait.Record.DueAt;
        var index = _events.FindIndex(stored => stored.Type == type && !(stored.SentAt > due));
        if (index < 0)
        {
            return;
        }

        var received = _events[index];
        _events.RemoveAt(index);
        _waits.Remove(wait);
        wait.Event = received.Sequence;
        if (wait.Key.Kind == JournalKind.ChildEnd)
        {
            Conclude(wait, ChildNotice.Read(received.Payload));
        }
        else if (InstanceCall.IsCall(wait.Key.Kind))
        {
            Conclude(wait, received.Payload, received.SentAt);
        }
        else
        {
            Conclude(wait, JournalOutcome.Value, received.Payload, null, received.SentAt);
        }
    }

    private void Conclude(StepCall wait, Everturn.Storage.Payload outcome, DateTimeOffset decidedAt)
    {
        if (InstanceCall.Read(outcome).Error is { } error)
        {
            Conclude(wait, JournalOutcome.Error, default, error, decidedAt);
        }
        else
        {
            Conclude(wait, JournalOutcome.Value, outcome, null, decidedAt);
        }
    }

    private void Conclude(StepCall wait, ChildNotice notice)
    {
        if (notice.Error is { } error)
        {
            Conclude(wait, JournalOutcome.Error, default, RecordedErrors.OfChild(error), Now());
        }
        else
        {
            Conclude(wait, JournalOutcome.Value, WorkflowPayloads.Encode(notice.Output), null, Now());
        }
    }
}
