using Everturn.Storage;

namespace Everturn.Loop;

/// <summary>
/// Stores the chunks of a model call while it streams: the first at once, the later ones with at most one flush in
/// flight. What is left when the call ends rides with the step's commit.
/// </summary>
/// <param name="journal">Where they go.</param>
internal sealed class DeltaFlusher(RunJournal journal)
{
    private readonly Lock _lock = new();
    private List<ReadOnlyMemory<byte>> _buffer = [];
    private Task _flight = Task.CompletedTask;
    private bool _flushing;
    private bool _closed;

    /// <summary>Whether any chunk was handed to the store.</summary>
    public bool HasFlushed { get; private set; }

    public void Add(ReadOnlyMemory<byte> chunk)
    {
        lock (_lock)
        {
            _buffer.Add(chunk);
            if (!_flushing && !_flight.IsFaulted)
            {
                _flushing = true;
                _flight = FlushAsync();
            }
        }
    }

    /// <summary>
    /// Ends the flushing and gives the chunks that were not handed to the store yet. Those in flight are ahead of them
    /// in the store's queue, so the commit that takes these need not wait.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> TakeRest()
    {
        lock (_lock)
        {
            _closed = true;
            return Swap();
        }
    }

    /// <summary>Drops what was not handed to the store, waits for the flush in flight, and begins anew.</summary>
    public async Task ResetAsync()
    {
        TakeRest();
        await _flight.ConfigureAwait(false);
        _closed = false;
    }

    /// <summary>Waits for the flush in flight and reports its failure.</summary>
    public Task CompleteAsync() => _flight;

    private async Task FlushAsync()
    {
        HasFlushed = true;
        while (true)
        {
            ValueTask commit;
            lock (_lock)
            {
                if (_closed || _buffer.Count == 0)
                {
                    _flushing = false;
                    return;
                }

                // Queued inside the lock: a later commit with the rest must come after this one.
                commit = journal.CommitAsync(journal.New(CommitKind.DeltaFlush) with { Chunks = Swap() });
            }

            await commit.ConfigureAwait(false);
        }
    }

    private List<ReadOnlyMemory<byte>> Swap()
    {
        var chunks = _buffer;
        _buffer = [];
        return chunks;
    }
}
