using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Loop;

/// <summary>What one model call gave, as facts.</summary>
internal sealed record ModelReply
{
    public string Text { get; init; } = "";

    public string? Thinking { get; init; }

    public string? ThinkingSignature { get; init; }

    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    public TokenUsage? Tokens { get; init; }

    public string? ModelId { get; init; }

    /// <summary>The vendor, where the chat client tells it.</summary>
    public string? Provider { get; init; }

    public string? FinishReason { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>True where the call was cancelled by an interrupt; the rest is what had come by then.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The assistant message for the transcript; null where there is nothing to keep.</summary>
    public AgentMessage? ToMessage(string runId, DateTimeOffset at)
    {
        // An interrupted call may have asked for tools that will never run: without them there is nothing to answer.
        var calls = IsPartial ? [] : Calls;
        return Text.Length == 0 && calls.Count == 0
            ? null
            : new AgentMessage
            {
                Role = MessageRole.Assistant,
                Content = Text.Length == 0 ? null : Text,
                ToolCalls = calls.Count == 0 ? null : calls,
                Thinking = Thinking,
                ThinkingSignature = ThinkingSignature,
                Partial = IsPartial,
                RunId = runId,
                CreatedAt = at,
            };
    }
}
