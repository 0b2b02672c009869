namespace Everturn.Streaming;

/// <summary>The newest batches of a stream, without gap between them. Bounded; not thread-safe.</summary>
internal sealed class StreamRing
{
    private const int MaxBatches = 512;
    private const int MaxBytes = 1024 * 1024;

    private readonly List<StreamBatch> _batches = [];
    private int _bytes;

    /// <summary>Number of the newest chunk in it; 0 while it is empty.</summary>
    public long LastSequence => _batches.Count == 0 ? 0 : _batches[^1].LastSequence;

    /// <summary>
    /// Adds what is newer than <see cref="LastSequence"/>. After a gap, only the new batch is kept: older chunks are
    /// read from the store.
    /// </summary>
    public void Append(StreamBatch batch)
    {
        var last = LastSequence;
        if (batch.Count == 0 || batch.LastSequence <= last)
        {
            return;
        }
        if (batch.FirstSequence > last + 1)
        {
            _batches.Clear();
            _bytes = 0;
        }
        else if (batch.FirstSequence <= last)
        {
            batch = batch.After(last);
        }
        _batches.Add(batch);
        _bytes += batch.Size;
        if (_batches.Count > 1 && (_batches.Count > MaxBatches || _bytes > MaxBytes))
        {
            DropOlderHalf();
        }
    }

    /// <summary>Gives the chunks after a number, up to another, until there are enough bytes of them.</summary>
    /// <returns>Whether the ring covers the position; if not, the store has to be asked.</returns>
    public bool TryRead(long after, long until, int enoughBytes, List<StreamSegment> segments)
    {
        if (_batches.Count == 0 || after + 1 < _batches[0].FirstSequence || after >= LastSequence)
        {
            return false;
        }
        var bytes = 0;
        for (var i = IndexOf(after + 1); i < _batches.Count && bytes < enoughBytes; i++)
        {
            var batch = _batches[i];
            var start = (int)Math.Max(0, after + 1 - batch.FirstSequence);
            var end = (int)Math.Min(batch.Count, until - batch.FirstSequence + 1);
            if (end <= start)
            {
                break;
            }
            var segment = new StreamSegment(batch, start, end - start);
            segments.Add(segment);
            bytes += segment.Size;
        }
        return true;
    }

    private int IndexOf(long sequence)
    {
        int low = 0,
            high = _batches.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_batches[middle].FirstSequence <= sequence)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }
        return low;
    }

    // By halves, so that a full ring does not move its list with every append.
    private void DropOlderHalf()
    {
        _batches.RemoveRange(0, Math.Max(1, _batches.Count / 2));
        _bytes = 0;
        foreach (var batch in _batches)
        {
            _bytes += batch.Size;
        }
    }
}
