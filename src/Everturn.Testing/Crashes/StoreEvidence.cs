using System.Text;
using Everturn.Sessions;

namespace Everturn.Testing.Crashes;

/// <summary>Takes evidence from a store, for programs without HTTP.</summary>
public static class StoreEvidence
{
    private const int PageSize = 200;

    /// <summary>All that a session left in the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<SessionEvidence> ReadEvidenceAsync(
        this ISessionStore store,
        SessionKey key,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        return new(
            key.SessionId,
            await ReadRunsAsync(store, key, cancellationToken).ConfigureAwait(false),
            await ReadMessagesAsync(store, key, cancellationToken).ConfigureAwait(false),
            await ReadChunksAsync(store, key, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>
    /// Idempotency keys of the session's tool calls whose outcome is durable: what may not run again, whatever happens
    /// next. Asked between a crash and the restart.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<string>> ReadFinishedCallsAsync(
        this ISessionStore store,
        SessionKey key,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var keys = new List<string>();
        foreach (var run in await ReadRunsAsync(store, key, cancellationToken).ConfigureAwait(false))
        {
            var calls = await store.GetToolCallsAsync(key, run.RunId, cancellationToken).ConfigureAwait(false);
            keys.AddRange(calls.Where(call => call.Status.HasOutcome).Select(call => call.IdempotencyKey));
        }

        return keys;
    }

    /// <summary>What should be gone when nothing runs any more: running runs, open commands, messages that wait, outbox entries.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runtime">The runtime whose runs are meant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A line for each thing that is left over.</returns>
    public static async Task<IReadOnlyList<string>> ReadLeftoversAsync(
        this ISessionStore store,
        string runtime = "workflow",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        var running = await store
            .ListRunningAsync(runtime, null, new(PageSize), cancellationToken)
            .ConfigureAwait(false);
        var commands = await store.ListOpenCommandsAsync(cancellationToken).ConfigureAwait(false);
        var queued = await store.ListQueuedSessionsAsync(null, PageSize, cancellationToken).ConfigureAwait(false);
        var outbox = await store.ListOutboxAsync(PageSize, cancellationToken).ConfigureAwait(false);
        return
        [
            .. running.Items.Select(run => $"Run {run.RunId} of '{run.Session.SessionId}' is still running."),
            .. commands.Select(command => $"A command for run {command.RunId} is still open."),
            .. queued.Select(session => $"{session.QueuedRuns} messages of '{session.Key.SessionId}' still wait."),
            .. outbox.Select(entry => $"Outbox entry {entry.Kind} of '{entry.InstanceId}' is not carried out."),
        ];
    }

    private static async Task<List<RunEvidence>> ReadRunsAsync(
        ISessionStore store,
        SessionKey key,
        CancellationToken cancellationToken
    )
    {
        var runs = new List<RunEvidence>();
        var request = new PageRequest(PageSize);
        while (true)
        {
            var page = await store.ListRunsAsync(key, request, cancellationToken).ConfigureAwait(false);
            runs.AddRange(page.Items.Select(Run));
            if (page.NextCursor is not { } next)
            {
                return runs;
            }

            request = new(PageSize, next);
        }
    }

    private static RunEvidence Run(RunRecord run) =>
        new()
        {
            RunId = run.RunId,
            Ordinal = run.Ordinal,
            Turn = run.Turn,
            Status = run.Status.Value,
            Error = run.Error,
            InstanceId = run.InstanceId,
            StartSequence = run.StartSequence,
            EndSequence = run.EndSequence,
        };

    private static async Task<List<AgentMessage>> ReadMessagesAsync(
        ISessionStore store,
        SessionKey key,
        CancellationToken cancellationToken
    )
    {
        var messages = new List<AgentMessage>();
        while (true)
        {
            var page = await store
                .GetMessagesAsync(key, messages.Count, PageSize, cancellationToken)
                .ConfigureAwait(false);
            messages.AddRange(page.Messages);
            if (!page.HasMore)
            {
                return messages;
            }
        }
    }

    private static async Task<List<ReceivedChunk>> ReadChunksAsync(
        ISessionStore store,
        SessionKey key,
        CancellationToken cancellationToken
    )
    {
        var chunks = new List<ReceivedChunk>();
        while (true)
        {
            var last = chunks.Count == 0 ? 0 : chunks[^1].Sequence;
            var page = await store.ReadChunksAsync(key, last, PageSize, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return chunks;
            }

            chunks.AddRange(
                page.Select(chunk => new ReceivedChunk(chunk.Sequence, Encoding.UTF8.GetString(chunk.Json.Span)))
            );
        }
    }
}
