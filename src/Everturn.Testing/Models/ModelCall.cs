using Microsoft.Extensions.AI;

namespace Everturn.Testing.Models;

/// <summary>A call that a test model got.</summary>
/// <param name="Messages">What it was told, copied when the call was made.</param>
/// <param name="Options">The call's options.</param>
/// <param name="IsStreaming">Whether the answer was asked for in pieces.</param>
public sealed record ModelCall(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, bool IsStreaming)
{
    /// <summary>The instructions: those of the options and all system messages, a line each.</summary>
    public string Instructions =>
        string.Join(
            '\n',
            Messages
                .Where(message => message.Role == ChatRole.System)
                .Select(message => message.Text)
                .Prepend(Options?.Instructions)
                .Where(text => !string.IsNullOrEmpty(text))
        );

    /// <summary>Names of the tools that the model was offered.</summary>
    public IReadOnlyList<string> ToolNames => [.. (Options?.Tools ?? []).Select(tool => tool.Name)];

    /// <summary>Results of the tools that the model's last message called, in the order of the calls, as text.</summary>
    public IReadOnlyList<string> ToolResults =>
        [
            .. Messages
                .Reverse()
                .TakeWhile(message => message.Role == ChatRole.Tool)
                .Reverse()
                .SelectMany(message => message.Contents)
                .OfType<FunctionResultContent>()
                .Select(result => result.Result?.ToString() ?? ""),
        ];

    /// <summary>The text of the newest user message; empty if there is none.</summary>
    public string LastUserText => Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
}
