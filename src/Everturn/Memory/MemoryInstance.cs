using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <summary>An instance with all that is remembered of it, as <see cref="InMemoryWorkflowStore"/> holds it.</summary>
internal sealed class MemoryInstance(InstanceRecord record)
{
    private long _lastLog = 1;

    public InstanceRecord Record { get; set; } = record;

    public Dictionary<JournalKey, JournalRecord> Journal { get; } = [];

    public List<StoredEvent> Events { get; } = [];

    /// <summary>By approval id.</summary>
    public Dictionary<string, PendingCallRecord> Calls { get; } = [];

    public List<StoredLogEntry> Log { get; } = [];

    public Dictionary<(JournalKey Step, int Attempt, int Index), Payload> Chunks { get; } = [];

    public InstanceHistory ToHistory() => new(Record, [.. Journal.Values], [.. Events]);

    public void Append(IEnumerable<LogEntry> entries) =>
        Log.AddRange(entries.Select(entry => new StoredLogEntry(++_lastLog, entry)));

    public void DropChunks(JournalKey step)
    {
        foreach (var chunk in Chunks.Keys.Where(chunk => chunk.Step == step).ToList())
        {
            Chunks.Remove(chunk);
        }
    }

    /// <summary>Nobody waits any more for answers to calls whose steps are forgotten, or for any once the instance has ended.</summary>
    public void Withdraw(DateTimeOffset at)
    {
        var awaited = Record.Status.IsTerminal
            ? []
            : Journal.Values.Select(record => record.EventType).OfType<string>().ToHashSet();
        foreach (var call in Calls.Values.ToList())
        {
            if (call.Status == PendingCallStatus.Pending && !awaited.Contains(InstanceCall.EventType(call.ApprovalId)))
            {
                Calls[call.ApprovalId] = call with { Status = PendingCallStatus.Withdrawn, DecidedAt = at };
            }
        }
    }

    /// <summary>Calls that were withdrawn at the end wait again where the steps are kept that wait for them.</summary>
    public void Reopen()
    {
        foreach (var open in Journal.Values.Where(record => record.Outcome == JournalOutcome.Pending))
        {
            var call = Calls.Values.FirstOrDefault(call => InstanceCall.EventType(call.ApprovalId) == open.EventType);
            if (call?.Status == PendingCallStatus.Withdrawn)
            {
                Calls[call.ApprovalId] = call with { Status = PendingCallStatus.Pending, DecidedAt = null };
            }
        }
    }

    /// <summary>Forgets a step and all that started after it, or everything.</summary>
    /// <returns>Whether the step is there.</returns>
    public bool TryForget(JournalKey? from)
    {
        if (from is not { } key)
        {
            Journal.Clear();
            Events.Clear();
            Log.Clear();
            Chunks.Clear();
            return true;
        }

        if (!Journal.TryGetValue(key, out var first))
        {
            return false;
        }

        foreach (var later in Journal.Values.Where(record => !IsBefore(record, first)).ToList())
        {
            Journal.Remove(later.Key);
            DropChunks(later.Key);
        }

        return true;
    }

    private static bool IsBefore(JournalRecord record, JournalRecord other) =>
        record.StartOrder != other.StartOrder
            ? record.StartOrder < other.StartOrder
            : record.StartedAt < other.StartedAt;
}
