namespace Everturn.Streaming;

/// <summary>
/// Chunks with consecutive numbers that became durable together, or were read together. Shared by all readers: the
/// events are encoded once, into one buffer, when the first of them needs it.
/// </summary>
internal sealed class StreamBatch
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _json;
    private readonly Lock _encoding = new();
    private byte[]? _events;
    private int[]? _offsets;

    public StreamBatch(long firstSequence, IReadOnlyList<ReadOnlyMemory<byte>> json)
    {
        FirstSequence = firstSequence;
        _json = json;
        foreach (var chunk in json)
        {
            Size += chunk.Length + SseFormat.Overhead;
        }
    }

    public long FirstSequence { get; }

    public int Count => _json.Count;

    public long LastSequence => FirstSequence + Count - 1;

    /// <summary>Upper bound of the events' bytes.</summary>
    public int Size { get; }

    public StoredChunk this[int index] => new(FirstSequence + index, _json[index]);

    /// <summary>The events from one index up to another.</summary>
    public ReadOnlyMemory<byte> Events(int start, int count)
    {
        var events = Volatile.Read(ref _events) ?? Encode();
        var from = _offsets![start];
        return events.AsMemory(from, _offsets[start + count] - from);
    }

    /// <summary>The data of one event, out of the same buffer.</summary>
    public ReadOnlyMemory<byte> Frame(int index) => SseFormat.DataOf(FirstSequence + index, Events(index, 1));

    /// <summary>The part that is after a number, as a batch of its own.</summary>
    public StreamBatch After(long sequence) => new(sequence + 1, [.. _json.Skip((int)(sequence + 1 - FirstSequence))]);

    private byte[] Encode()
    {
        lock (_encoding)
        {
            if (_events is not null)
            {
                return _events;
            }
            var events = GC.AllocateUninitializedArray<byte>(Size);
            var offsets = new int[Count + 1];
            for (var i = 0; i < Count; i++)
            {
                offsets[i + 1] =
                    offsets[i] + SseFormat.Write(FirstSequence + i, _json[i].Span, events.AsSpan(offsets[i]));
            }
            _offsets = offsets;
            Volatile.Write(ref _events, events);
            return events;
        }
    }
}
