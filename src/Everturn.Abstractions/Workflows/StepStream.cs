namespace Everturn.Workflows;

/// <summary>
/// The bytes that a streaming step produced, read from the store as often as you like: now and in later executions of
/// the instance (Cloudflare Workflows, a <c>ReadableStream</c> as a step's result).
/// </summary>
public sealed class StepStream : IAsyncEnumerable<ReadOnlyMemory<byte>>
{
    /// <summary>The largest piece that a step may produce: 16 MiB.</summary>
    public const int MaxChunkBytes = 16 * 1024 * 1024;

    private readonly Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> _read;

    internal StepStream(long totalBytes, Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> read)
    {
        TotalBytes = totalBytes;
        _read = read;
    }

    /// <summary>How many bytes there are.</summary>
    public long TotalBytes { get; }

    /// <summary>Reads from the beginning, in pieces of at most 256 KiB.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="StepFailedException">What is stored is incomplete.</exception>
    public IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _read(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Reads everything into memory.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        using var all = new MemoryStream(checked((int)TotalBytes));
        await foreach (var chunk in _read(cancellationToken).ConfigureAwait(false))
        {
            all.Write(chunk.Span);
        }

        return all.ToArray();
    }
}
