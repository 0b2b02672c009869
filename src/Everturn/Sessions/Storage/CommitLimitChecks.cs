using System.Text.Json;

namespace Everturn.Sessions.Storage;

/// <summary>The sizes of what a commit carries.</summary>
internal static class CommitLimitChecks
{
    public static void Check(SessionCommit commit, EverturnLimits limits)
    {
        Identifiers.CheckSessionId(commit.Session.SessionId, "sessionId");
        if (commit.Session.Tenant is null)
        {
            throw new InvalidInputException("tenant", "A tenant is a text; where there is only one, the empty text.");
        }

        CheckSession(commit, limits);
        CheckRun(commit, limits);
        CheckQueued(commit, limits);
        CheckChunks(commit.Chunks, limits);
        CheckToolCalls(commit.ToolCalls, limits);
        CheckPendingCalls(commit.PendingCalls, limits);
        CheckBytes(commit.State, limits.StateBytes, "state");
        CheckBytes(commit.Checkpoint?.State, limits.StateBytes, "checkpoint.state");
        CheckBytes(commit.Command?.Content, limits.MessageBytes, "command.content");
        CheckBytes(commit.RunChange?.Output, limits.MessageBytes, "output");
    }

    /// <summary>Encodes the messages, since their size is that of their JSON.</summary>
    public static IReadOnlyList<EncodedMessage> Encode(SessionCommit commit, DateTimeOffset at, EverturnLimits limits)
    {
        var count = commit.Messages.Count;
        if (count == 0)
        {
            return [];
        }

        var runId = commit.NewRun?.RunId ?? commit.RunId;
        var encoded = new EncodedMessage[count];
        for (var index = 0; index < count; index++)
        {
            var message = commit.Messages[index];
            var json = Encode(message, index);
            CheckBytes(json, limits.MessageBytes, $"messages[{index}]");
            encoded[index] = new(
                json,
                message.RunId ?? runId,
                message.CreatedAt is { } created ? StoredTime.Of(created) : at
            );
        }

        return encoded;
    }

    private static ReadOnlyMemory<byte> Encode(AgentMessage message, int index)
    {
        try
        {
            return MessageJson.Encode(message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException($"messages[{index}]", "It cannot be written as JSON.");
        }
    }

    private static void CheckSession(SessionCommit commit, EverturnLimits limits)
    {
        if (commit.NewSession is { } created)
        {
            Identifiers.CheckAgentName(created.AgentType, "agentType");
            CheckFields(created.Title, created.UserId, created.Tags, created.Metadata, limits);
        }

        if (commit.SessionChange is { } change)
        {
            CheckFields(change.Title, change.UserId, change.Tags, change.Metadata, limits);
        }
    }

    private static void CheckFields(
        string? title,
        string? userId,
        IReadOnlyList<string>? tags,
        IReadOnlyDictionary<string, string>? metadata,
        EverturnLimits limits
    )
    {
        CheckLength(title, limits, "title");
        CheckLength(userId, limits, "userId");
        if (tags is not null)
        {
            CheckCount(tags.Count, limits.Tags, "tags");
            for (var index = 0; index < tags.Count; index++)
            {
                CheckLength(tags[index], limits, $"tags[{index}]");
            }
        }

        if (metadata is not null)
        {
            CheckCount(metadata.Count, limits.MetadataEntries, "metadata");
            foreach (var (key, value) in metadata)
            {
                CheckLength(key, limits, "metadata");
                CheckLength(value, limits, $"metadata.{key}");
            }
        }
    }

    private static void CheckRun(SessionCommit commit, EverturnLimits limits)
    {
        if (commit.NewRun is not { } run)
        {
            return;
        }

        CheckRun(run.RunId, run.RequestId, run.BodyHash, limits);
    }

    private static void CheckRun(string runId, string? requestId, string? bodyHash, EverturnLimits limits)
    {
        if (string.IsNullOrEmpty(runId) || runId.Length > limits.MetadataLength)
        {
            throw new InvalidInputException("runId", $"A run id is 1 to {limits.MetadataLength} characters.");
        }

        if (requestId is not null)
        {
            Identifiers.CheckRequestId(requestId, "requestId");
            if (string.IsNullOrEmpty(bodyHash))
            {
                throw new InvalidInputException("bodyHash", "A request id needs the hash of the request's body.");
            }
        }
    }

    // As if they were appended already: what is accepted to wait is never found too large later.
    private static void CheckQueued(SessionCommit commit, EverturnLimits limits)
    {
        if (commit.Enqueue is not { } queued)
        {
            return;
        }

        CheckRun(queued.RunId, queued.RequestId, queued.BodyHash, limits);
        for (var index = 0; index < queued.Messages.Count; index++)
        {
            CheckBytes(Encode(queued.Messages[index], index), limits.MessageBytes, $"messages[{index}]");
        }

        CheckBytes(queued.StateChange, limits.StateBytes, "state");
    }

    private static void CheckChunks(IReadOnlyList<ReadOnlyMemory<byte>> chunks, EverturnLimits limits)
    {
        for (var index = 0; index < chunks.Count; index++)
        {
            var chunk = chunks[index];
            if (chunk.Length > limits.ChunkBytes)
            {
                throw TooLarge($"chunks[{index}]", limits.ChunkBytes);
            }

            if (chunk.IsEmpty || chunk.Span.ContainsAny((byte)'\n', (byte)'\r'))
            {
                throw new InvalidInputException($"chunks[{index}]", "A chunk is JSON without line breaks.");
            }
        }
    }

    private static void CheckToolCalls(IReadOnlyList<ToolCallRecord> calls, EverturnLimits limits)
    {
        for (var index = 0; index < calls.Count; index++)
        {
            var call = calls[index];
            CheckBytes(call.Arguments, limits.MessageBytes, "toolCalls", index, "arguments");
            CheckBytes(call.Result, limits.ToolResultBytes, "toolCalls", index, "result");
            CheckBytes(call.StagedChange, limits.StateBytes, "toolCalls", index, "stagedChange");
        }
    }

    private static void CheckPendingCalls(IReadOnlyList<PendingCallRecord> calls, EverturnLimits limits)
    {
        for (var index = 0; index < calls.Count; index++)
        {
            var call = calls[index];
            CheckBytes(call.Arguments, limits.MessageBytes, "pendingCalls", index, "arguments");
            CheckBytes(call.Response ?? default, limits.ToolResultBytes, "pendingCalls", index, "response");
        }
    }

    private static void CheckBytes(ReadOnlyMemory<byte> bytes, int limit, string list, int index, string field)
    {
        if (bytes.Length > limit)
        {
            throw TooLarge($"{list}[{index}].{field}", limit);
        }
    }

    private static void CheckBytes(ReadOnlyMemory<byte>? bytes, int limit, string field)
    {
        if (bytes is { } value && value.Length > limit)
        {
            throw TooLarge(field, limit);
        }
    }

    private static void CheckCount(int count, int limit, string field)
    {
        if (count > limit)
        {
            throw new InvalidInputException(field, $"At most {limit} are accepted, there are {count}.");
        }
    }

    private static void CheckLength(string? text, EverturnLimits limits, string field)
    {
        if (text is not null && text.Length > limits.MetadataLength)
        {
            throw new InvalidInputException(field, $"At most {limits.MetadataLength} characters are accepted.");
        }
    }

    private static InvalidInputException TooLarge(string field, int limit) =>
        new(field, $"At most {limit} bytes are accepted.");
}
