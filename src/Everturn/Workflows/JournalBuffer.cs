using Everturn.Sessions;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Journal writes on their way to the store. They leave together, in one commit at a time.</summary>
/// <param name="keepsLog">Whether the instance has a log.</param>
internal sealed class JournalBuffer(bool keepsLog)
{
    private readonly List<JournalRecord> _records = [];
    private readonly Dictionary<JournalKey, int> _places = [];
    private readonly List<long> _consumed = [];
    private readonly List<JournalKey> _dropped = [];
    private readonly List<PendingCallRecord> _calls = [];
    private readonly List<LogEntry> _log = [];

    /// <summary>How many writes there were in this execution.</summary>
    public long Written { get; private set; }

    /// <summary>How many of them are durable.</summary>
    public long Durable { get; private set; }

    public bool IsEmpty => _records.Count == 0;

    /// <summary>Whether there is something to tell of, though nothing to remember.</summary>
    public bool HasLog => _log.Count > 0;

    public bool KeepsLog => keepsLog;

    public void Add(JournalRecord record)
    {
        Written++;
        if (_places.TryGetValue(record.Key, out var place))
        {
            _records[place] = record;
        }
        else
        {
            _places.Add(record.Key, _records.Count);
            _records.Add(record);
        }
    }

    /// <summary>A step asks somebody outside; its record goes with it.</summary>
    public void Ask(PendingCallRecord call) => _calls.Add(call);

    public void Consume(long sequence) => _consumed.Add(sequence);

    /// <summary>What an attempt of a streaming step stored is of no use.</summary>
    public void DropChunks(JournalKey step) => _dropped.Add(step);

    public void Log(LogEntry entry)
    {
        if (keepsLog)
        {
            _log.Add(entry);
        }
    }

    /// <summary>Moves everything into a commit.</summary>
    public InstanceCommit MoveInto(InstanceCommit commit)
    {
        // An instance without a log carries a run, and its steps are only there to go on from: at its end nobody reads them,
        // and what happened is in the session.
        var isOver = commit.Status is { IsTerminal: true } && !keepsLog;
        var filled = commit with
        {
            Records = isOver ? [] : [.. _records],
            Calls = isOver ? [] : [.. _calls],
            ConsumedEvents = [.. _consumed],
            DropChunks = [.. _dropped],
            Log = keepsLog ? [.. _log] : null,
        };
        _records.Clear();
        _places.Clear();
        _calls.Clear();
        _consumed.Clear();
        _dropped.Clear();
        _log.Clear();
        return filled;
    }

    /// <summary>All writes up to <paramref name="written"/> are durable.</summary>
    public void Confirm(long written) => Durable = written;
}
