using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Everturn.Anthropic;

/// <summary>
/// Reasoning that survives being stored. A stored message keeps text and protected data only, from which a redacted block
/// and a thinking block with its text omitted look the same, though the API takes each back only as what it was.
/// </summary>
internal static class ReasoningBlocks
{
    private const string Redacted = "redacted:";

    /// <summary>Marks the protected data of redacted blocks.</summary>
    public static void Mark(IEnumerable<AIContent> contents)
    {
        foreach (var content in contents)
        {
            if (content is TextReasoningContent { RawRepresentation: RedactedThinkingBlock block } reasoning)
            {
                reasoning.ProtectedData = Redacted + block.Data;
            }
        }
    }

    /// <summary>Gives reasoning back as the block it was; reasoning without a signature, as after an interrupt, is left out.</summary>
    public static IEnumerable<ChatMessage> ToRequest(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages.Select(message =>
            message.Contents.Any(content => content is TextReasoningContent) ? ToRequest(message) : message
        );
    }

    private static ChatMessage ToRequest(ChatMessage message)
    {
        var copy = message.Clone();
        copy.Contents = [.. message.Contents.Select(ToBlock).OfType<AIContent>()];
        return copy;
    }

    private static AIContent? ToBlock(AIContent content) =>
        content switch
        {
            TextReasoningContent { ProtectedData: null or "" } => null,
            TextReasoningContent { ProtectedData: { } data } reasoning => new TextReasoningContent(reasoning.Text)
            {
                RawRepresentation = data.StartsWith(Redacted, StringComparison.Ordinal)
                    ? (ContentBlockParam)new RedactedThinkingBlockParam(data[Redacted.Length..])
                    : new ThinkingBlockParam { Thinking = reasoning.Text, Signature = data },
            },
            _ => content,
        };
}
