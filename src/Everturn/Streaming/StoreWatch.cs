using System.Collections.Concurrent;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Streaming;

/// <summary>
/// Looks at watched sessions in the store: after a hint at those that this process is not writing itself, and every
/// few seconds at all. Hints are taken together, so that looking costs a tenth of a core at most.
/// </summary>
internal sealed class StoreWatch : IDisposable
{
    private const int RestFactor = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LocalWriterRest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SessionKey, SessionFeed> _feeds;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly IDisposable _changes;
    private readonly ITimer _poll;
    private readonly ITimer _rest;
    private int _running;
    private int _hinted;
    private int _pollDue;
    private int _polling;

    public StoreWatch(
        ConcurrentDictionary<SessionKey, SessionFeed> feeds,
        IChangeSignal changes,
        TimeProvider time,
        ILogger logger
    )
    {
        _feeds = feeds;
        _time = time;
        _logger = logger;
        _poll = time.CreateTimer(
            static state => ((StoreWatch)state!).OnPoll(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _rest = time.CreateTimer(
            static state => ((StoreWatch)state!).Rested(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _changes = changes.Subscribe(OnHint);
    }

    /// <summary>Begins to poll, if it does not yet; it stops by itself when nothing is watched any more.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _polling, 1) == 0)
        {
            Schedule(_poll, SessionStreams.PollInterval);
        }
    }

    public void Dispose()
    {
        _changes.Dispose();
        _stopping.Cancel();
        _poll.Dispose();
        _rest.Dispose();
        _stopping.Dispose();
    }

    private void OnHint()
    {
        // Nothing polls where nothing is watched: then a hint is of no interest.
        if (Volatile.Read(ref _polling) == 1 && Interlocked.Exchange(ref _hinted, 1) == 0)
        {
            Run();
        }
    }

    private void OnPoll()
    {
        Volatile.Write(ref _polling, 0);
        if (_feeds.IsEmpty)
        {
            return;
        }
        Start();
        Volatile.Write(ref _pollDue, 1);
        Run();
    }

    private void Rested()
    {
        Volatile.Write(ref _running, 0);
        if (Volatile.Read(ref _hinted) == 1 || Volatile.Read(ref _pollDue) == 1)
        {
            Run();
        }
    }

    private void Run()
    {
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            _ = Task.Run(LookAsync);
        }
    }

    private async Task LookAsync()
    {
        var start = _time.GetTimestamp();
        var polling = Interlocked.Exchange(ref _pollDue, 0) == 1;
        Volatile.Write(ref _hinted, 0);
        try
        {
            foreach (var (_, feed) in _feeds)
            {
                if (polling || !IsWrittenHere(feed, start))
                {
                    await feed.RefreshAsync(pull: true, _stopping.Token).ConfigureAwait(false);
                }
                if (polling)
                {
                    feed.Tick();
                }
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // Whatever the store throws: the next look may succeed, and readers go on with what this process commits.
            Log.LookFailed(_logger, exception);
        }
        var rest = _time.GetElapsedTime(start) * RestFactor;
        Schedule(_rest, rest < ShortestRest ? ShortestRest : rest);
    }

    private bool IsWrittenHere(SessionFeed feed, long now) =>
        feed.LocalCommitAt is var at && at != 0 && _time.GetElapsedTime(at, now) < LocalWriterRest;

    private void Schedule(ITimer timer, TimeSpan due)
    {
        if (!_stopping.IsCancellationRequested)
        {
            timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }
}
