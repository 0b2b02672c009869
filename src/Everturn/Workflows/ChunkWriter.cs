using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Cuts bytes into chunks of one size and stores some of them at a time.</summary>
internal sealed class ChunkWriter(IStepHost host, JournalKey step, int attempt, int batch)
{
    private const int HeadBytes = 4 * 1024;

    private readonly List<StepChunk> _full = [];
    private readonly byte[] _head = new byte[HeadBytes];
    private byte[] _buffer = new byte[StepChunk.MaxBytes];
    private int _filled;
    private int _headFilled;

    /// <summary>How many chunks there are.</summary>
    public int Chunks { get; private set; }

    /// <summary>How many bytes there are.</summary>
    public long Bytes { get; private set; }

    /// <summary>The first bytes.</summary>
    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _headFilled);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        Bytes += piece.Length;
        var missing = Math.Min(piece.Length, HeadBytes - _headFilled);
        piece[..missing].CopyTo(_head.AsMemory(_headFilled));
        _headFilled += missing;

        while (!piece.IsEmpty)
        {
            var part = Math.Min(piece.Length, _buffer.Length - _filled);
            piece[..part].CopyTo(_buffer.AsMemory(_filled));
            _filled += part;
            piece = piece[part..];
            if (_filled == _buffer.Length)
            {
                Complete();
                if (_full.Count >= batch)
                {
                    await StoreAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_filled > 0)
        {
            Complete();
        }

        if (_full.Count > 0)
        {
            await StoreAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Complete()
    {
        _full.Add(new StepChunk(step, attempt, Chunks++, WorkflowPayloads.Encode(_buffer.AsMemory(0, _filled))));
        _buffer = new byte[StepChunk.MaxBytes];
        _filled = 0;
    }

    private async ValueTask StoreAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await host.StoreChunksAsync(step, [.. _full]).ConfigureAwait(false);
        _full.Clear();
    }
}
