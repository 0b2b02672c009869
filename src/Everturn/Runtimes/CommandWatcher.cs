using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>
/// Brings commands to the runs that this process executes: those written here at once, those of other processes when
/// the store's hint says that something changed, and by a look four times a second besides, since hints may be lost and
/// a command may come in the moment in which its run is opened.
/// </summary>
internal sealed class CommandWatcher(
    ISessionStore store,
    ActiveRuns runs,
    TimeProvider time,
    ILogger<CommandWatcher> logger
) : PulsedWorker(PollInterval, PollInterval, time, logger), ISessionCommitListener
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    // However often other processes commit, open commands are asked for no more often than this.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private IDisposable? _commits;
    private IDisposable? _changes;

    public void Committed(SessionCommit commit, SessionCommitResult result)
    {
        if (commit.Command is { } command && result.Run is { } run)
        {
            runs.Deliver(command with { Revision = run.CommandRevision });
        }
    }

    public void Deleted(SessionKey key)
    {
        // A session with a running run is not deleted.
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here and not in the background, which may begin later than the first run.
        _commits = store.Listen(this);
        _changes = store.Changes.Subscribe(Wake);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _commits?.Dispose();
        _changes?.Dispose();
        base.Dispose();
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        if (!runs.IsEmpty)
        {
            foreach (var command in await store.ListOpenCommandsAsync(stoppingToken).ConfigureAwait(false))
            {
                runs.Deliver(command);
            }
        }

        await Task.Delay(Rest, Time, stoppingToken).ConfigureAwait(false);
    }
}
