using System.Text.Json;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>What chat completions answer, as Microsoft.Extensions.AI has it.</summary>
internal static class Replies
{
    public static ChatResponse ToResponse(Sdk.ChatCompletion completion)
    {
        var contents = new List<AIContent>();
        if (ReasoningText.Of(completion) is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        contents.AddRange(
            completion.Content.Where(part => part.Text is not null).Select(part => new TextContent(part.Text))
        );
        if (completion.Refusal is { Length: > 0 } refusal)
        {
            contents.Add(new TextContent(refusal));
        }

        contents.AddRange(
            completion.ToolCalls.Select(call => Call(call.Id, call.FunctionName, call.FunctionArguments.ToString()))
        );
        return new ChatResponse(
            new ChatMessage(ChatRole.Assistant, contents)
            {
                MessageId = completion.Id,
                CreatedAt = completion.CreatedAt,
            }
        )
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            FinishReason = Reason(completion.FinishReason),
            Usage = completion.Usage is { } usage ? Usage(usage) : null,
            RawRepresentation = completion,
        };
    }

    /// <summary>A call; arguments that are no JSON object leave none, and the reason in <see cref="FunctionCallContent.Exception"/>.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(
            arguments,
            id,
            name,
            static json =>
                (IDictionary<string, object?>?)
                    JsonSerializer.Deserialize(
                        json.Length == 0 ? "{}" : json,
                        AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))
                    )
        );

    public static ChatFinishReason Reason(Sdk.ChatFinishReason reason) =>
        reason switch
        {
            Sdk.ChatFinishReason.Stop => ChatFinishReason.Stop,
            Sdk.ChatFinishReason.Length => ChatFinishReason.Length,
            Sdk.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
            _ => ChatFinishReason.ToolCalls,
        };

    public static UsageDetails Usage(Sdk.ChatTokenUsage usage) =>
        new()
        {
            InputTokenCount = usage.InputTokenCount,
            OutputTokenCount = usage.OutputTokenCount,
            TotalTokenCount = usage.TotalTokenCount,
            CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
            ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
        };
}
