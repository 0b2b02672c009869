using Everturn.Sessions;

namespace Everturn.Streaming;

/// <summary>The stream side of the session store: the ordered log of a session.</summary>
public interface IStreamStore
{
    /// <summary>Status and range of a session's stream; null if there is no such session.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<StreamInfo?> GetInfoAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reopens a stream that ended, so that its numbers go on; nothing is cleared. Continuation, resume and retry do
    /// the same inside the commit that begins their run. Does nothing on an active stream.
    /// </summary>
    /// <param name="key">The session.</param>
    /// <param name="at">The time of the change.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    ValueTask<StreamInfo> ReactivateAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    );

    /// <summary>Stored chunks after a number, in order and without gap; empty where there are none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="afterSequence">The last number the reader has; 0 for all that are stored.</param>
    /// <param name="limit">How many at most; the answer may be a few more, since chunks are stored in groups.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<StoredChunk>> ReadChunksAsync(
        SessionKey key,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken = default
    );
}
