using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>
/// A session as of one moment, to show it at once and to follow it from there: the stream after
/// <see cref="StreamSequence"/> has neither gap nor duplicate.
/// </summary>
public sealed record SnapshotResponse
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>Status of the current run, <c>idle</c> without one.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The current run.</summary>
    public string? RunId { get; init; }

    /// <summary>The newest messages, oldest first.</summary>
    public required IReadOnlyList<MessageView> Messages { get; init; }

    /// <summary>Index of the first of them, from 0.</summary>
    public required int Offset { get; init; }

    /// <summary>Length of the whole transcript.</summary>
    public required int Total { get; init; }

    /// <summary>What the model has said so far in the step under way, and is no message yet; absent where it is nothing.</summary>
    public MessageView? InFlight { get; init; }

    /// <summary>The custom state; absent where there is none.</summary>
    public JsonElement? State { get; init; }

    /// <summary>The newest chunk that this accounts for: go on after it.</summary>
    public required long StreamSequence { get; init; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public required long Timestamp { get; init; }
}
