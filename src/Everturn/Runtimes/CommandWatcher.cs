using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>
/// Brings commands to the runs that this process executes: those written here at once, those of other processes when
/// the store's hint says that something changed, and by a look four times a second
/// besides, since hints may be lost and a command may come in the moment in which its run is opened.
/// </summary>
internal sealed class CommandWatcher(
    ISessionStore store,
    ActiveRuns runs,
    TimeProvider time,
    ILogger<CommandWatcher> logger
) : BackgroundService, ISessionCommitListener
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    // However often other processes commit, open commands are asked for no more often than this.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly AsyncPulse _changed = new();

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var commits = store.Listen(this);
        using var changes = store.Changes.Subscribe(_changed.Set);
        var timer = time.CreateTimer(static pulse => ((AsyncPulse)pulse!).Set(), _changed, PollInterval, PollInterval);
        await using var _ = timer.ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _changed.WaitAsync(stoppingToken).ConfigureAwait(false);
                if (!runs.IsEmpty)
                {
                    foreach (var command in await store.ListOpenCommandsAsync(stoppingToken).ConfigureAwait(false))
                    {
                        runs.Deliver(command);
                    }
                }

                await Task.Delay(Rest, time, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the store's trouble is, commands are looked for again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RuntimeLog.BackgroundFailed(logger, nameof(CommandWatcher), exception);
            }
        }
    }
}
