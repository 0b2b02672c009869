using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.AspNetCore.Server;

/// <summary>Hands a run's usage on to a server's own store.</summary>
internal static class RunUsage
{
    /// <summary>Records all entries of a run that ended. Does nothing where the server has no store of its own.</summary>
    public static async Task ForwardAsync(
        AgentServer server,
        RunRecord run,
        IUsageStore from,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        if (server.Options.UsageStoreFactory?.Invoke(services) is not { } to)
        {
            return;
        }

        string? cursor = null;
        do
        {
            var page = await from.GetEntriesAsync(run.Session, new(PageRequest.MaxLimit, cursor), cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in page.Items.Where(entry => entry.RunId == run.RunId))
            {
                await to.RecordEntryAsync(run.Session, entry, cancellationToken).ConfigureAwait(false);
            }

            cursor = page.NextCursor;
        } while (cursor is not null);
    }
}
