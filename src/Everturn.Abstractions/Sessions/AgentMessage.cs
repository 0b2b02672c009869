using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>
/// One message of a transcript, as it is stored and as it travels (Helix Agents, <c>Message</c>). Facts only, never a
/// vendor's object, so that a transcript outlives libraries.
/// </summary>
public sealed record AgentMessage
{
    /// <summary>Who speaks.</summary>
    public required MessageRole Role { get; init; }

    /// <summary>The text; for a tool message the result, JSON unless it is plain text.</summary>
    public string? Content { get; init; }

    /// <summary>What the model asked to call; assistant messages only.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>The call that a tool message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The tool that a tool message comes from.</summary>
    public string? ToolName { get; init; }

    /// <summary>True where a tool message reports a failure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsError { get; init; }

    /// <summary>The model's reasoning, where it gave any.</summary>
    public string? Thinking { get; init; }

    /// <summary>The vendor's opaque proof of the reasoning, which some want back with the next call.</summary>
    public string? ThinkingSignature { get; init; }

    /// <summary>True where the run was interrupted while the model was still speaking.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Partial { get; init; }

    /// <summary>What the user attached; <c>hidden: true</c> keeps a message from people but not from the model.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>Files of a user message.</summary>
    public IReadOnlyList<MessageFile>? Files { get; init; }

    /// <summary>The run that added it; the store keeps it in a column.</summary>
    public string? RunId { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>A user message with this text.</summary>
    /// <param name="text">The text.</param>
    public static AgentMessage FromUser(string text) => new() { Role = MessageRole.User, Content = text };
}
