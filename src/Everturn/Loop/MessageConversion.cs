using System.Text.Json;
using Everturn.Sessions;
using Everturn.State;
using Microsoft.Extensions.AI;

namespace Everturn.Loop;

/// <summary>Stored messages to what chat clients take.</summary>
internal static class MessageConversion
{
    /// <summary>
    /// Appends messages. Neighbouring tool results become one message, which is how function calling travels in
    /// Microsoft.Extensions.AI.
    /// </summary>
    public static void Append(List<ChatMessage> target, IReadOnlyList<AgentMessage> messages)
    {
        ChatMessage? results = null;
        foreach (var message in messages)
        {
            if (message.Role != MessageRole.Tool)
            {
                results = null;
                target.Add(Convert(message));
                continue;
            }

            if (results is null)
            {
                results = new ChatMessage(ChatRole.Tool, []);
                target.Add(results);
            }

            results.Contents.Add(
                new FunctionResultContent(message.ToolCallId ?? "", message.Content)
                {
                    // Vendors that tell failures from results are told by this.
                    Exception = message.IsError ? new InvalidOperationException(message.Content) : null,
                }
            );
        }
    }

    private static ChatMessage Convert(AgentMessage message)
    {
        var contents = new List<AIContent>();
        if (message.Thinking is { Length: > 0 } || message.ThinkingSignature is not null)
        {
            contents.Add(new TextReasoningContent(message.Thinking) { ProtectedData = message.ThinkingSignature });
        }

        if (message.Content is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        foreach (var file in message.Files ?? [])
        {
            contents.Add(new DataContent(file.Data, file.MediaType) { Name = file.Filename });
        }

        foreach (var call in message.ToolCalls ?? [])
        {
            contents.Add(new FunctionCallContent(call.Id, call.Name, Arguments(call.Arguments)));
        }

        return new ChatMessage(new ChatRole(message.Role.Value), contents);
    }

    /// <summary>The arguments of a call by name.</summary>
    public static Dictionary<string, object?> Arguments(JsonElement arguments)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in arguments.EnumerateObject())
            {
                result[property.Name] = property.Value;
            }
        }

        return result;
    }

    /// <summary>The calls of a reply, each with an id of its own within the step.</summary>
    public static List<ToolCall> Calls(IReadOnlyList<FunctionCallContent> contents, string runId, int step)
    {
        var calls = new List<ToolCall>(contents.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in contents)
        {
            var id = content.CallId;
            if (string.IsNullOrEmpty(id) || !ids.Add(id))
            {
                id = $"call_{runId}_{step}_{calls.Count}";
                ids.Add(id);
            }

            calls.Add(new(id, content.Name, Arguments(content)));
        }

        return calls;
    }

    /// <summary>The arguments of a call as JSON.</summary>
    public static JsonElement Arguments(FunctionCallContent content) =>
        content.Arguments is { Count: > 0 } arguments
            ? JsonSerializer.SerializeToElement(
                arguments,
                AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))
            )
            : JsonBytes.EmptyObject;
}
