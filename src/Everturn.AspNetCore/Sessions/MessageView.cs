using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>One message of a transcript, as <c>GET /sessions/{sessionId}/messages</c> gives it.</summary>
public sealed record MessageView
{
    /// <summary><c>user</c>, <c>assistant</c>, <c>tool</c> or <c>system</c>.</summary>
    public required MessageRole Role { get; init; }

    /// <summary>The text; for a tool message the result.</summary>
    public string? Content { get; init; }

    /// <summary>What the model asked to call.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>The call that a tool message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The tool that a tool message comes from.</summary>
    public string? ToolName { get; init; }

    /// <summary>Present and true where a tool message reports a failure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsError { get; init; }

    /// <summary>The model's reasoning.</summary>
    public string? Thinking { get; init; }

    /// <summary>Present and true where the run was interrupted while the model was still speaking.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Partial { get; init; }

    /// <summary>Present and true where people should not be shown it: its metadata says <c>hidden: true</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hidden { get; init; }

    /// <summary>What the user attached.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    /// <summary>Files of a user message.</summary>
    public IReadOnlyList<MessageFile>? Files { get; init; }

    /// <summary>The run that added it.</summary>
    public string? RunId { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    internal static MessageView Of(AgentMessage message) =>
        new()
        {
            Role = message.Role,
            Content = message.Content,
            ToolCalls = message.ToolCalls,
            ToolCallId = message.ToolCallId,
            ToolName = message.ToolName,
            IsError = message.IsError,
            Thinking = message.Thinking,
            Partial = message.Partial,
            Hidden =
                message.Metadata is not null
                && message.Metadata.TryGetValue("hidden", out var hidden)
                && hidden.ValueKind == JsonValueKind.True,
            Metadata = message.Metadata,
            Files = message.Files,
            RunId = message.RunId,
            CreatedAt = message.CreatedAt,
        };
}
