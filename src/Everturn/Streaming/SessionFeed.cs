using Everturn.Diagnostics;
using Everturn.Sessions;

namespace Everturn.Streaming;

/// <summary>
/// What is known in memory of one session that somebody watches: the newest chunks, the numbers, the current run. It
/// only ever moves forward, whatever the order in which commits, hints and reads report the same facts.
/// </summary>
internal sealed class SessionFeed(SessionKey key, ISessionStore store, Action<SessionFeed> unwatched)
    : IThreadPoolWorkItem
{
    private const int EnoughBytes = 64 * 1024;
    private const int PullLimit = 1024;
    private const int WakeInline = 8;

    private readonly Lock _lock = new();
    private readonly StreamRing _ring = new();
    private List<SessionStreamReader> _waiting = [];
    private TaskCompletionSource _runChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _watchers;
    private int _readers;
    private bool _closed;
    private bool _wakeQueued;
    private bool _deleted;
    private long _version = -1;
    private long _firstSequence = 1;
    private long _lastSequence;
    private RunRecord? _run;
    private long _queueVersion = -1;
    private int _queued;
    private long _localCommitAt;

    public SessionKey Key { get; } = key;

    /// <summary>When a commit of this process last appended chunks, by the clock's timestamp; 0 for never.</summary>
    public long LocalCommitAt => Volatile.Read(ref _localCommitAt);

    public long LastSequence
    {
        get
        {
            lock (_lock)
            {
                return _lastSequence;
            }
        }
    }

    /// <summary>The newest run that is known, and a task that ends when that is out of date.</summary>
    public (RunRecord? Run, bool Deleted, Task Changed) Run
    {
        get
        {
            lock (_lock)
            {
                return (_run, _deleted, _runChanged.Task);
            }
        }
    }

    /// <summary>Registers somebody who watches; false where the feed was closed in the meantime.</summary>
    public bool TryWatch()
    {
        lock (_lock)
        {
            if (_closed || _deleted)
            {
                return false;
            }
            _watchers++;
            return true;
        }
    }

    public void Unwatch()
    {
        lock (_lock)
        {
            if (--_watchers > 0)
            {
                return;
            }
            _closed = true;
        }
        unwatched(this);
    }

    public bool TryAddReader(int limit)
    {
        lock (_lock)
        {
            if (_readers >= limit)
            {
                return false;
            }
            _readers++;
            return true;
        }
    }

    public void RemoveReader(SessionStreamReader reader)
    {
        lock (_lock)
        {
            _readers--;
            _waiting.Remove(reader);
        }
        Unwatch();
    }

    /// <summary>A commit of this process is durable. Called on the store's path: cheap, and never waits for a reader.</summary>
    public void Committed(SessionCommit commit, SessionCommitResult result, long timestamp)
    {
        var chunks = commit.Chunks.Count == 0 ? null : new StreamBatch(result.FirstSequence, commit.Chunks);
        lock (_lock)
        {
            if (chunks is not null)
            {
                Volatile.Write(ref _localCommitAt, timestamp);
                _ring.Append(chunks);
                _lastSequence = Math.Max(_lastSequence, chunks.LastSequence);
            }
            // A version that is not the next one means that another process committed in between: then the version
            // stays behind, so that the next look at the store takes in what is missing.
            if (result.Session is { } session && session.Version == _version + 1)
            {
                _version = session.Version;
                _firstSequence = Math.Max(_firstSequence, session.FirstSequence);
            }
            Merge(result.Run);
            MergeQueue(result.Session, commit.Enqueue is not null || commit.Settled.Count > 0);
        }
        Wake();
    }

    public void Deleted()
    {
        lock (_lock)
        {
            _deleted = true;
            RunChanged();
        }
        unwatched(this);
        Wake();
    }

    /// <summary>Takes in what the store says now.</summary>
    /// <param name="pull">Whether to read new chunks too, once for all readers that wait for them.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>False where there is no such session.</returns>
    public async ValueTask<bool> RefreshAsync(bool pull, CancellationToken cancellationToken)
    {
        // Session before run: the run's end may be newer than the session's last number, never older, and the record
        // of an ended run says which number is its last.
        var session = await store.GetSessionAsync(Key, cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            Deleted();
            return false;
        }
        long last;
        lock (_lock)
        {
            if (session.Version == _version)
            {
                return true;
            }
            last = _lastSequence;
        }
        var run = session.CurrentRunId is null
            ? null
            : await store.GetCurrentRunAsync(Key, cancellationToken).ConfigureAwait(false);
        var chunks =
            pull && session.LastSequence > last && session.LastSequence - last <= PullLimit
                ? await store.ReadChunksAsync(Key, last, PullLimit, cancellationToken).ConfigureAwait(false)
                : [];
        lock (_lock)
        {
            if (chunks.Count > 0)
            {
                _ring.Append(new(chunks[0].Sequence, [.. chunks.Select(chunk => chunk.Json)]));
                _lastSequence = Math.Max(_lastSequence, chunks[^1].Sequence);
            }
            _version = Math.Max(_version, session.Version);
            _firstSequence = Math.Max(_firstSequence, session.FirstSequence);
            _lastSequence = Math.Max(_lastSequence, session.LastSequence);
            Merge(run);
            // Another process may have changed what waits without changing how much.
            MergeQueue(session, session.QueuedRuns > 0);
        }
        Wake();
        return true;
    }

    /// <summary>Hands out what is next for the reader, or registers it to be woken.</summary>
    public FeedAnswer Next(SessionStreamReader reader)
    {
        lock (_lock)
        {
            if (_deleted)
            {
                return FeedAnswer.Deleted;
            }
            if (reader.TargetRun is { } target && reader.Until == long.MaxValue && _run is not null)
            {
                if (_run.RunId == target.RunId)
                {
                    reader.Until = EndOf(_run);
                }
                else if (_run.Ordinal > target.Ordinal)
                {
                    return FeedAnswer.ReadRun;
                }
            }
            if (reader.Cursor >= reader.Until)
            {
                return FeedAnswer.End;
            }
            if (reader.Cursor + 1 < _firstSequence || (reader.IsNew && reader.Cursor > _lastSequence))
            {
                return FeedAnswer.Resync;
            }
            reader.IsNew = false;
            if (reader.Cursor < _lastSequence)
            {
                StreamInstruments.Handed(_lastSequence - reader.Cursor);
                return _ring.TryRead(reader.Cursor, reader.Until, EnoughBytes, reader.Segments)
                    ? FeedAnswer.Chunks
                    : FeedAnswer.ReadStore;
            }
            if (reader.EndsWithRun && !HasNext && (_run is null || reader.Cursor >= EndOf(_run)))
            {
                return FeedAnswer.End;
            }
            if (reader.IsIdle)
            {
                return FeedAnswer.Idle;
            }
            reader.PrepareToWait();
            _waiting.Add(reader);
            return FeedAnswer.Wait;
        }
    }

    /// <summary>Wakes one reader, if it waits.</summary>
    public void Wake(SessionStreamReader reader)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(reader))
            {
                return;
            }
        }
        reader.Wake();
    }

    /// <summary>Counts a poll for every reader that waits, and wakes those for which it was the last before a sign of life.</summary>
    public void Tick()
    {
        List<SessionStreamReader>? idle = null;
        lock (_lock)
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].CountIdleTick())
                {
                    (idle ??= []).Add(_waiting[i]);
                    _waiting.RemoveAt(i);
                }
            }
        }
        idle?.ForEach(reader => reader.Wake());
    }

    void IThreadPoolWorkItem.Execute() => WakeAll();

    // The turn of a suspended run is not over: what waits for its end may wait for long.
    private bool HasNext => _queued > 0 && _run is { Status.IsSuspended: false };

    private static long EndOf(RunRecord run) => run.Status.IsEnded ? run.EndSequence ?? 0 : long.MaxValue;

    private void Merge(RunRecord? run)
    {
        if (run is null || (_run is not null && !IsNewer(run, _run)))
        {
            return;
        }
        _run = run;
        RunChanged();
    }

    private void MergeQueue(SessionRecord? session, bool mayDiffer)
    {
        if (session is null || session.Version <= _queueVersion)
        {
            return;
        }
        _queueVersion = session.Version;
        if (mayDiffer || session.QueuedRuns != _queued)
        {
            _queued = session.QueuedRuns;
            // Somebody may follow one of those that waited.
            RunChanged();
        }
    }

    private static bool IsNewer(RunRecord run, RunRecord known) =>
        run.Ordinal > known.Ordinal
        || (
            run.Ordinal == known.Ordinal
            && run.Status.IsEnded
            // A run that was suspended or interrupted can be ended otherwise, and says so with a chunk.
            && (!known.Status.IsEnded || run.EndSequence > known.EndSequence)
        );

    private void RunChanged()
    {
        _runChanged.TrySetResult();
        _runChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // Waking one reader is a push on a queue. Waking many is left to a pool thread, so that the writer never pays for
    // the number of its readers.
    private void Wake()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0 || _wakeQueued)
            {
                return;
            }
            _wakeQueued = true;
            if (_waiting.Count > WakeInline)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
        WakeAll();
    }

    private void WakeAll()
    {
        List<SessionStreamReader> woken;
        lock (_lock)
        {
            woken = _waiting;
            _waiting = new(woken.Count);
            _wakeQueued = false;
        }
        foreach (var reader in woken)
        {
            reader.Wake();
        }
    }
}
