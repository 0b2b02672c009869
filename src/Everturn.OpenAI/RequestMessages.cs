using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>Messages as chat completions take them.</summary>
internal static class RequestMessages
{
    public static IEnumerable<Sdk.ChatMessage> From(IEnumerable<ChatMessage> messages, string? instructions)
    {
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            yield return new Sdk.SystemChatMessage(instructions);
        }

        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                yield return new Sdk.SystemChatMessage(message.Text);
            }
            else if (message.Role == ChatRole.Tool)
            {
                foreach (var result in message.Contents.OfType<FunctionResultContent>())
                {
                    yield return new Sdk.ToolChatMessage(result.CallId, Text(result));
                }
            }
            else if (message.Role == ChatRole.Assistant)
            {
                if (Assistant(message) is { } assistant)
                {
                    yield return assistant;
                }
            }
            else if (
                message.Contents.Select(RequestParts.From).OfType<Sdk.ChatMessageContentPart>().ToList() is
                { Count: > 0 } parts
            )
            {
                yield return new Sdk.UserChatMessage(parts);
            }
        }
    }

    // Reasoning stays behind: this API has no field to take it back. A message without the rest is none.
    private static Sdk.AssistantChatMessage? Assistant(ChatMessage message)
    {
        var text = message.Text;
        var calls = message
            .Contents.OfType<FunctionCallContent>()
            .Select(call => Sdk.ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, Arguments(call)))
            .ToList();
        if (calls.Count == 0)
        {
            return text.Length == 0 ? null : new Sdk.AssistantChatMessage(text);
        }

        var assistant = new Sdk.AssistantChatMessage(calls);
        if (text.Length > 0)
        {
            assistant.Content.Add(Sdk.ChatMessageContentPart.CreateTextPart(text));
        }

        return assistant;
    }

    private static BinaryData Arguments(FunctionCallContent call) =>
        call.Arguments is null
            ? BinaryData.FromString("{}")
            : BinaryData.FromString(RequestJson.Write(call.Arguments, typeof(IDictionary<string, object?>)));

    // The API has no mark for a failed call: the text has to say it.
    private static string Text(FunctionResultContent result) =>
        (result.Result, result.Exception) switch
        {
            (string text, _) => text,
            (TextContent text, _) => text.Text,
            (null, { } exception) => $"Error: {exception.Message}",
            var (value, _) => RequestJson.Write(value, typeof(object)),
        };
}
