using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Journal writes on their way to the store. They leave together, in one commit at a time.</summary>
internal sealed class JournalBuffer
{
    private readonly List<JournalRecord> _records = [];
    private readonly List<long> _consumed = [];

    /// <summary>How many writes there were in this execution.</summary>
    public long Written { get; private set; }

    /// <summary>How many of them are durable.</summary>
    public long Durable { get; private set; }

    public bool IsEmpty => _records.Count == 0;

    public void Add(JournalRecord record)
    {
        Written++;
        var earlier = _records.FindIndex(buffered => buffered.Key == record.Key);
        if (earlier >= 0)
        {
            _records[earlier] = record;
        }
        else
        {
            _records.Add(record);
        }
    }

    public void Consume(long sequence) => _consumed.Add(sequence);

    /// <summary>Moves everything into a commit.</summary>
    public InstanceCommit MoveInto(InstanceCommit commit)
    {
        var filled = commit with { Records = [.. _records], ConsumedEvents = [.. _consumed] };
        _records.Clear();
        _consumed.Clear();
        return filled;
    }

    /// <summary>All writes up to <paramref name="written"/> are durable.</summary>
    public void Confirm(long written) => Durable = written;
}
