using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Streaming;

/// <summary>
/// The live streams of sessions. It hears of this process's commits directly, of other processes' through the store's
/// hints, and looks by itself every few seconds besides, since hints may be lost. Sessions that nobody reads cost
/// nothing.
/// </summary>
public sealed class SessionStreams : ISessionCommitListener, IDisposable
{
    private readonly ConcurrentDictionary<SessionKey, SessionFeed> _feeds = new();
    private readonly ISessionStore _store;
    private readonly EverturnLimits _limits;
    private readonly TimeProvider _time;
    private readonly IDisposable _commits;
    private readonly StoreWatch _watch;

    /// <summary>Makes the live side of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="limits">How many readers a session may have.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of reads that failed in the background.</param>
    public SessionStreams(ISessionStore store, EverturnLimits limits, TimeProvider time, ILogger<SessionStreams> logger)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _limits = limits;
        _time = time;
        _watch = new(_feeds, store.Changes, time, logger);
        _commits = store.Listen(this);
    }

    /// <summary>How often watched sessions are looked at even if nothing was heard of them.</summary>
    public static TimeSpan PollInterval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Opens a stream for reading.</summary>
    /// <param name="key">The session.</param>
    /// <param name="options">From where on, and whether past the end of the current run.</param>
    /// <param name="cancellationToken">Ends the reader, for its whole life; cancels nothing else.</param>
    /// <returns>Dispose it to stop reading.</returns>
    /// <exception cref="InvalidInputException">The position is negative.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    /// <exception cref="TooManyReadersException">The session has too many readers.</exception>
    public ValueTask<SessionStreamReader> OpenAsync(
        SessionKey key,
        StreamReadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => OpenAsync(key, options ?? new(), run: null, cancellationToken);

    /// <summary>The chunks of one run as they become durable, to its end.</summary>
    /// <param name="run">The run; an older record of it will do.</param>
    /// <param name="afterSequence">The last number already seen; null to begin with the run's first chunk.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    /// <exception cref="TooManyReadersException">The session has too many readers.</exception>
    public async IAsyncEnumerable<StreamChunk> ReadRunAsync(
        RunRecord run,
        long? afterSequence = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Status == RunStatus.Queued || run.Status == RunStatus.Joined)
        {
            run = await WaitForRunAsync(run.Session, run.RunId, HasBegun, cancellationToken).ConfigureAwait(false);
        }
        if (run.StartSequence == 0)
        {
            // Withdrawn before it began.
            yield break;
        }
        var options = new StreamReadOptions { AfterSequence = afterSequence ?? run.StartSequence - 1 };
        using var reader = await OpenAsync(run.Session, options, run, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var read = await reader.ReadAsync().ConfigureAwait(false);
            switch (read.Kind)
            {
                case StreamReadKind.Chunks or StreamReadKind.Resync:
                    foreach (var segment in read.Segments)
                    {
                        for (var i = 0; i < segment.Count; i++)
                        {
                            yield return StreamChunkJson.Decode(segment[i]);
                        }
                    }
                    break;
                case StreamReadKind.End:
                    yield break;
                default:
                    break;
            }
        }
    }

    private static bool HasBegun(RunRecord run) => run.Status != RunStatus.Queued;

    /// <summary>Waits until a run ended. A message that waits is followed into the run that it becomes, or joins.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops waiting, not the run.</param>
    /// <returns>The run's record, ended.</returns>
    /// <exception cref="SessionNotFoundException">There is no such session or run, or it was deleted.</exception>
    public Task<RunRecord> WaitForRunEndAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => WaitForRunAsync(key, runId, static run => run.Status.IsEnded, cancellationToken);

    /// <summary>Waits until something is true of a run, or of the one that its message joined.</summary>
    private async Task<RunRecord> WaitForRunAsync(
        SessionKey key,
        string runId,
        Func<RunRecord, bool> isReached,
        CancellationToken cancellationToken
    )
    {
        var feed = Watch(key);
        try
        {
            await RefreshAsync(feed, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var (run, deleted, changed) = feed.Run;
                if (run?.RunId != runId)
                {
                    run = deleted
                        ? null
                        : await _store.GetRunAsync(key, runId, cancellationToken).ConfigureAwait(false);
                }
                if (run is null)
                {
                    throw new SessionNotFoundException(key.SessionId);
                }
                if (run.Status == RunStatus.Joined)
                {
                    runId = run.ParentRunId!;
                    continue;
                }
                if (isReached(run))
                {
                    return run;
                }
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            feed.Unwatch();
        }
    }

    /// <inheritdoc />
    public void Committed(SessionCommit commit, SessionCommitResult result)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(result);
        if (_feeds.TryGetValue(commit.Session, out var feed))
        {
            feed.Committed(commit, result, _time.GetTimestamp());
        }
    }

    /// <inheritdoc />
    public void Deleted(SessionKey key)
    {
        if (_feeds.TryGetValue(key, out var feed))
        {
            feed.Deleted();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _commits.Dispose();
        _watch.Dispose();
    }

    /// <summary>How many sessions are watched.</summary>
    internal int WatchedSessions => _feeds.Count;

    private async ValueTask<SessionStreamReader> OpenAsync(
        SessionKey key,
        StreamReadOptions options,
        RunRecord? run,
        CancellationToken cancellationToken
    )
    {
        if (options.AfterSequence < 0)
        {
            throw new InvalidInputException("fromSequence", "A position is 0 or more.");
        }
        var feed = Watch(key);
        var open = false;
        try
        {
            // Registered first, read second: what is committed from now on is heard, what was before is read.
            await RefreshAsync(feed, cancellationToken).ConfigureAwait(false);
            open = feed.TryAddReader(_limits.ConnectionsPerSession);
            return open
                ? new SessionStreamReader(feed, _store, _time, options, run, cancellationToken)
                : throw new TooManyReadersException(key.SessionId, _limits.ConnectionsPerSession);
        }
        finally
        {
            if (!open)
            {
                feed.Unwatch();
            }
        }
    }

    private SessionFeed Watch(SessionKey key)
    {
        while (true)
        {
            var feed = _feeds.GetOrAdd(key, k => new SessionFeed(k, _store, Remove));
            if (feed.TryWatch())
            {
                _watch.Start();
                return feed;
            }
            Remove(feed);
        }
    }

    private static async ValueTask RefreshAsync(SessionFeed feed, CancellationToken cancellationToken)
    {
        if (!await feed.RefreshAsync(pull: false, cancellationToken).ConfigureAwait(false))
        {
            throw new SessionNotFoundException(feed.Key.SessionId);
        }
    }

    private void Remove(SessionFeed feed) => _feeds.TryRemove(new(feed.Key, feed));
}
