using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Everturn.Sessions;

namespace Everturn.Streaming;

/// <summary>
/// Reads a session's stream from a position on: every chunk after it, once and in order, stored or live. It never
/// slows the writer: a reader that falls behind goes on with stored chunks. Not for use by several threads at once,
/// except <see cref="Seek"/>.
/// </summary>
public sealed class SessionStreamReader : IDisposable, IValueTaskSource
{
    private const int PageSize = 512;
    private const int EnoughBytes = 64 * 1024;
    private const int IdleTicks = 3;
    private const long Nowhere = -1;

    private readonly SessionFeed _feed;
    private readonly ISessionStore _store;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly Queue<StreamSegment> _stored = [];
    private ManualResetValueTaskSourceCore<bool> _wake = new() { RunContinuationsAsynchronously = true };
    private int _idleTicks;
    private long _seek = Nowhere;
    private bool _disposed;

    internal SessionStreamReader(
        SessionFeed feed,
        ISessionStore store,
        TimeProvider time,
        StreamReadOptions options,
        RunRecord? targetRun,
        CancellationToken cancellationToken
    )
    {
        _feed = feed;
        _store = store;
        _time = time;
        _cancellationToken = cancellationToken;
        Cursor = options.AfterSequence;
        TargetRun = targetRun;
        EndsWithRun = !options.Follow && targetRun is null;
        _cancellation = cancellationToken.UnsafeRegister(
            static state => ((SessionStreamReader)state!).CancelWait(),
            this
        );
    }

    /// <summary>After this long without a chunk, a read gives a sign of life: 15 seconds.</summary>
    public static TimeSpan KeepAlive => IdleTicks * SessionStreams.PollInterval;

    /// <summary>The last number that was handed out, or the position the reader began with.</summary>
    public long Cursor { get; private set; }

    internal RunRecord? TargetRun { get; }

    /// <summary>The last number to hand out; as long as it is not known, the largest there is.</summary>
    internal long Until { get; set; } = long.MaxValue;

    internal bool EndsWithRun { get; }

    internal bool IsNew { get; set; } = true;

    internal bool IsIdle => _idleTicks >= IdleTicks;

    internal List<StreamSegment> Segments { get; } = [];

    /// <summary>Gives what comes next, as much as is there; waits while there is nothing.</summary>
    /// <exception cref="OperationCanceledException">The token the reader was opened with was cancelled.</exception>
    /// <exception cref="StoreUnavailableException">The store refuses to read; read again to go on.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StreamRead> ReadAsync()
    {
        Segments.Clear();
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposed, this);
            ApplySeek();
            if (_stored.Count > 0)
            {
                TakeStored();
                return HandOut();
            }
            switch (_feed.Next(this))
            {
                case FeedAnswer.Chunks:
                    return HandOut();
                case FeedAnswer.ReadStore:
                    if (!await ReadStoreAsync().ConfigureAwait(false))
                    {
                        return await ResyncAsync().ConfigureAwait(false);
                    }
                    break;
                case FeedAnswer.ReadRun:
                    await ReadRunAsync().ConfigureAwait(false);
                    break;
                case FeedAnswer.Resync:
                    return await ResyncAsync().ConfigureAwait(false);
                case FeedAnswer.Wait:
                    if (_cancellationToken.IsCancellationRequested || Volatile.Read(ref _seek) != Nowhere)
                    {
                        // Called for after the checks above and before the reader could be found waiting.
                        CancelWait();
                    }
                    await new ValueTask(this, _wake.Version).ConfigureAwait(false);
                    break;
                case FeedAnswer.Idle:
                    _idleTicks = 0;
                    return new() { Kind = StreamReadKind.Idle };
                case FeedAnswer.End:
                    return new() { Kind = StreamReadKind.End, Run = TargetRun ?? _feed.Run.Run };
                default:
                    return new() { Kind = StreamReadKind.End, IsDeleted = true };
            }
        }
    }

    /// <summary>
    /// Goes on from another position, as if the reader had been opened there. May be called by any thread and while a
    /// read waits; chunks that were handed out before are not taken back. The last of several calls wins.
    /// </summary>
    /// <param name="afterSequence">The last number the reader has.</param>
    /// <exception cref="InvalidInputException">The position is negative.</exception>
    public void Seek(long afterSequence)
    {
        if (afterSequence < 0)
        {
            throw new InvalidInputException("fromSequence", "A position is 0 or more.");
        }
        Interlocked.Exchange(ref _seek, afterSequence);
        CancelWait();
    }

    /// <summary>Stops reading. Cancels nothing else.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        _cancellation.Dispose();
        _feed.RemoveReader(this);
    }

    void IValueTaskSource.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _wake.OnCompleted(continuation, state, token, flags);

    internal void PrepareToWait() => _wake.Reset();

    internal void Wake() => _wake.SetResult(true);

    /// <summary>Counts a poll without anything new.</summary>
    /// <returns>True where the reader should say that it is alive.</returns>
    internal bool CountIdleTick() => ++_idleTicks >= IdleTicks;

    private void CancelWait() => _feed.Wake(this);

    private void ApplySeek()
    {
        if (Interlocked.Exchange(ref _seek, Nowhere) is not Nowhere and var position)
        {
            Cursor = position;
            IsNew = true;
            _stored.Clear();
        }
    }

    private StreamRead HandOut()
    {
        Cursor = Segments[^1].LastSequence;
        _idleTicks = 0;
        return new() { Kind = StreamReadKind.Chunks, Segments = Segments };
    }

    private void TakeStored()
    {
        for (var bytes = 0; bytes < EnoughBytes && _stored.TryDequeue(out var segment); )
        {
            Segments.Add(segment);
            bytes += segment.Size;
        }
    }

    /// <summary>Reads the next page; false where the log has no chunk with the next number any more.</summary>
    private async ValueTask<bool> ReadStoreAsync()
    {
        var page = await _store.ReadChunksAsync(_feed.Key, Cursor, PageSize, _cancellationToken).ConfigureAwait(false);
        if (page.Count == 0 || page[0].Sequence != Cursor + 1)
        {
            return !await _feed.RefreshAsync(pull: false, _cancellationToken).ConfigureAwait(false);
        }
        var count = (int)Math.Min(page.Count, Until - Cursor);
        for (int start = 0, end = 0; start < count; start = end)
        {
            // In pieces, so that a page of large chunks is not encoded as one buffer.
            var json = new List<ReadOnlyMemory<byte>>();
            for (var bytes = 0; end < count && bytes < EnoughBytes; end++)
            {
                json.Add(page[end].Json);
                bytes += page[end].Json.Length;
            }
            _stored.Enqueue(new(new(page[start].Sequence, json), 0, json.Count));
        }
        return true;
    }

    private async ValueTask ReadRunAsync()
    {
        var run = await _store.GetRunAsync(_feed.Key, TargetRun!.RunId, _cancellationToken).ConfigureAwait(false);
        // A run that was swept away ended long ago; so did the chunks that were to come.
        Until = run is null ? Cursor : run.EndSequence ?? run.StartSequence - 1;
    }

    private async ValueTask<StreamRead> ResyncAsync()
    {
        await _feed.RefreshAsync(pull: false, _cancellationToken).ConfigureAwait(false);
        var (run, _, _) = _feed.Run;
        var asked = Cursor;
        var sequence = _feed.LastSequence;
        Cursor = sequence;
        IsNew = false;
        _idleTicks = 0;
        var resync = new StreamResyncChunk
        {
            AgentId = run?.RunId ?? "",
            AgentType = run?.AgentType ?? "",
            Timestamp = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Step = 0,
            SnapshotSequence = sequence,
            Reason = asked > sequence ? "ahead_of_log" : "trimmed",
        };
        Segments.Add(new(new(sequence, [StreamChunkJson.Encode(resync)]), 0, 1));
        return new() { Kind = StreamReadKind.Resync, Segments = Segments };
    }
}
