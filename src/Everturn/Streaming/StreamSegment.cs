namespace Everturn.Streaming;

/// <summary>Chunks with consecutive numbers, shared with other readers.</summary>
public readonly struct StreamSegment : IEquatable<StreamSegment>
{
    private readonly StreamBatch _batch;
    private readonly int _start;

    internal StreamSegment(StreamBatch batch, int start, int count)
    {
        _batch = batch;
        _start = start;
        Count = count;
    }

    /// <summary>How many chunks; at least one.</summary>
    public int Count { get; }

    /// <summary>Number of the first one.</summary>
    public long FirstSequence => _batch.FirstSequence + _start;

    /// <summary>Number of the last one.</summary>
    public long LastSequence => FirstSequence + Count - 1;

    /// <summary>
    /// All of them as server-sent events, <c>id: N</c> and <c>data: {"sequence":N,"chunk":{…}}</c>, UTF-8. Encoded
    /// once for all readers.
    /// </summary>
    public ReadOnlyMemory<byte> Events => _batch.Events(_start, Count);

    /// <summary>One chunk as it is stored.</summary>
    /// <param name="index">From 0.</param>
    public StoredChunk this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _batch[_start + index];
        }
    }

    /// <summary>
    /// The data of one of the events, <c>{"sequence":N,"chunk":{…}}</c>, UTF-8. Encoded once for all readers, those of
    /// events and those of frames.
    /// </summary>
    /// <param name="index">From 0.</param>
    public ReadOnlyMemory<byte> Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _batch.Frame(_start + index);
    }

    internal int Size => _batch.Count == Count ? _batch.Size : _batch.Size / _batch.Count * Count;

    /// <summary>Whether both are the same chunks of the same batch.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(StreamSegment left, StreamSegment right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(StreamSegment left, StreamSegment right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(StreamSegment other) =>
        ReferenceEquals(_batch, other._batch) && _start == other._start && Count == other.Count;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is StreamSegment other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_batch, _start, Count);
}
