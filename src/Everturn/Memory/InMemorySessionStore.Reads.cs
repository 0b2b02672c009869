using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Memory;

/// <content>Reads.</content>
public sealed partial class InMemorySessionStore
{
    /// <inheritdoc />
    public ValueTask<SessionRecord?> GetSessionAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        Read(key, static session => session?.Record, cancellationToken);

    /// <inheritdoc />
    public ValueTask<RunRecord?> GetCurrentRunAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        Read(key, static session => session?.CurrentRun?.Record, cancellationToken);

    /// <inheritdoc />
    public ValueTask<RunRecord?> GetRunAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => Read(key, session => session?.FindRun(runId), cancellationToken);

    /// <inheritdoc />
    public ValueTask<RunRecord?> GetRunByRequestAsync(
        SessionKey key,
        string requestId,
        CancellationToken cancellationToken = default
    ) => Read(key, session => session?.FindRequest(requestId), cancellationToken);

    /// <inheritdoc />
    public ValueTask<ReadOnlyMemory<byte>?> GetStartStateAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) =>
        Read<ReadOnlyMemory<byte>?>(
            key,
            session => session?.RunsById.GetValueOrDefault(runId)?.StartState,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<MessagePage> GetMessagesAsync(
        SessionKey key,
        int offset,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckRange(offset, limit);
        return Read(key, session => MessagesOf(session, offset, limit), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<SessionSnapshot?> GetSnapshotAsync(
        SessionKey key,
        int messageLimit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(messageLimit);
        return Read(key, session => session is null ? null : SnapshotOf(session, messageLimit), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ToolCallRecord>> GetToolCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => Read(key, session => session?.ReadToolCalls(runId, afterStep: int.MinValue) ?? [], cancellationToken);

    /// <inheritdoc />
    public ValueTask<CheckpointRecord?> GetCheckpointAsync(
        SessionKey key,
        string checkpointId,
        CancellationToken cancellationToken = default
    ) =>
        Read(
            key,
            session => session?.Checkpoints.Find(checkpoint => checkpoint.Record.CheckpointId == checkpointId).Record,
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CommandRecord>> GetCommandsAsync(
        SessionKey key,
        string runId,
        int afterRevision,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyList<CommandRecord>>(
            key,
            session =>
                session?.RunsById.GetValueOrDefault(runId) is { } run
                    ? [.. run.Commands.Where(command => command.Revision > afterRevision)]
                    : [],
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CommandRecord>> ListOpenCommandsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new([
                .. _running
                    .SelectMany(key => _sessions[key].CurrentRun!.Commands)
                    .OrderBy(command => command.CreatedAt)
                    .ThenBy(command => command.Revision),
            ]);
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new([.. _outbox.Values.Take(limit)]);
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(
        OutboxKind kind,
        long afterId,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new([.. _outbox.Values.Where(entry => entry.Kind == kind && entry.Id > afterId).Take(limit)]);
        }
    }

    /// <inheritdoc />
    public ValueTask<StreamInfo?> GetInfoAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        Read(key, static session => session is null ? null : InfoOf(session), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredChunk>> ReadChunksAsync(
        SessionKey key,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckPosition(afterSequence, limit);
        return Read(key, session => session?.ReadChunks(afterSequence, limit) ?? [], cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<UsageRollup> GetRollupAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        Read(key, static session => session?.Rollup(static _ => true) ?? new(), cancellationToken);

    /// <inheritdoc />
    public ValueTask<UsageRollup> GetRollupAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => Read(key, session => session?.Rollup(entry => entry.RunId == runId) ?? new(), cancellationToken);

    private static StreamInfo InfoOf(MemorySession session) =>
        new(session.Stream, session.Record.FirstSequence, session.Record.LastSequence);

    private static MessagePage MessagesOf(MemorySession? session, int offset, int limit)
    {
        var total = session?.Messages.Count ?? 0;
        var first = Math.Min(offset, total);
        var count = Math.Min(limit, total - first);
        return new(
            count == 0 ? [] : session!.Messages.GetRange(first, count).ConvertAll(MessageJson.Decode),
            offset,
            total
        );
    }

    private static SessionSnapshot SnapshotOf(MemorySession session, int messageLimit)
    {
        var run = session.CurrentRun;
        var newest = Math.Max(session.Messages.Count - messageLimit, 0);
        return new()
        {
            Session = session.Record,
            Run = run?.Record,
            Messages = MessagesOf(session, newest, messageLimit),
            State = session.State,
            OpenToolCalls = run is null ? [] : session.ReadToolCalls(run.Record.RunId, run.Record.StepCount),
            ChunksInFlight = run is null
                ? []
                : session.ReadChunks(run.CommittedSequence ?? run.Record.StartSequence - 1, int.MaxValue),
        };
    }

    private ValueTask<T> Read<T>(SessionKey key, Func<MemorySession?, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(read(Find(key)));
        }
    }
}
