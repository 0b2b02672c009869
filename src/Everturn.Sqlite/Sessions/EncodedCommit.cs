using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// The content of a commit, encoded on the caller's thread and with its blobs on disk, so that the writing thread only
/// checks and binds.
/// </summary>
internal sealed class EncodedCommit
{
    private const int RowOverhead = 200;

    private EncodedCommit(PreparedCommit prepared) => Prepared = prepared;

    public PreparedCommit Prepared { get; }

    public SessionCommit Commit => Prepared.Commit;

    public StoredPayload[] Messages { get; private init; } = [];

    public ChunkGroup[] Chunks { get; private init; } = [];

    public ToolCallContent[] ToolCalls { get; private init; } = [];

    public PendingCallContent[] PendingCalls { get; private init; } = [];

    public StoredPayload[] Outbox { get; private init; } = [];

    public StoredPayload State { get; private init; }

    public StoredPayload Output { get; private init; }

    public StoredPayload CheckpointState { get; private init; }

    public StoredPayload Command { get; private init; }

    public StoredPayload Queued { get; private init; }

    /// <summary>About how many bytes the commit writes.</summary>
    public int EstimatedBytes { get; private init; }

    /// <param name="prepared">What to write.</param>
    /// <param name="payloads">Encodes and keeps blobs.</param>
    /// <param name="inlineLimit">Bytes that fit into a row.</param>
    public static EncodedCommit Create(PreparedCommit prepared, PayloadStore payloads, int inlineLimit)
    {
        var commit = prepared.Commit;
        return new(prepared)
        {
            Messages = Map(prepared.Messages, message => payloads.Prepare(message.Json, ContentFormat.Message)),
            Chunks = ChunkLines.Pack(commit.Chunks, inlineLimit, payloads),
            ToolCalls = Map(commit.ToolCalls, call => ToolCallContent.Of(call, payloads)),
            PendingCalls = Map(commit.PendingCalls, call => PendingCallContent.Of(call, payloads)),
            Outbox = Map(commit.Outbox, entry => payloads.Prepare(entry.Parameters, ContentFormat.Json)),
            State = payloads.Prepare(commit.State, ContentFormat.Json),
            Output = payloads.Prepare(commit.RunChange?.Output, ContentFormat.Json),
            CheckpointState = payloads.Prepare(commit.Checkpoint?.State ?? default, ContentFormat.Json),
            Command = payloads.Prepare(commit.Command?.Content ?? default, ContentFormat.Json),
            Queued = commit.Enqueue is { } queued
                ? payloads.Prepare(QueuedRunJson.Encode(queued), ContentFormat.Json)
                : default,
            EstimatedBytes = Estimate(prepared),
        };
    }

    /// <summary>Whether some content is large enough for a blob, whose sync should not hold up the caller's thread.</summary>
    public static bool IsLarge(PreparedCommit prepared, int inlineLimit)
    {
        var commit = prepared.Commit;
        return Any(prepared.Messages, message => message.Json.Length > inlineLimit)
            || Any(commit.Chunks, chunk => chunk.Length > inlineLimit)
            || Any(
                commit.ToolCalls,
                call =>
                    call.Arguments.Length > inlineLimit
                    || call.Result.Length > inlineLimit
                    || call.StagedChange.Length > inlineLimit
            )
            || commit.Enqueue is not null
            || commit.State?.Length > inlineLimit
            || commit.Checkpoint?.State.Length > inlineLimit
            || commit.RunChange?.Output?.Length > inlineLimit
            || Any(
                commit.PendingCalls,
                call => call.Arguments.Length > inlineLimit || call.Response?.Length > inlineLimit
            );
    }

    private static int Estimate(PreparedCommit prepared)
    {
        var commit = prepared.Commit;
        var bytes = 4 * RowOverhead;
        for (var i = 0; i < prepared.Messages.Count; i++)
            bytes += RowOverhead + prepared.Messages[i].Json.Length;
        for (var i = 0; i < commit.Chunks.Count; i++)
            bytes += commit.Chunks[i].Length;
        for (var i = 0; i < commit.ToolCalls.Count; i++)
            bytes += RowOverhead + commit.ToolCalls[i].Arguments.Length + commit.ToolCalls[i].Result.Length;
        return bytes + (commit.State?.Length ?? 0) + (commit.Checkpoint?.State.Length ?? 0);
    }

    // Most lists of most commits are empty: no enumerator, no delegate call, no array for those.
    private static TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> map)
    {
        if (items.Count == 0)
            return [];
        var result = new TResult[items.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = map(items[i]);
        return result;
    }

    private static bool Any<T>(IReadOnlyList<T> items, Func<T, bool> test)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (test(items[i]))
                return true;
        }
        return false;
    }
}
