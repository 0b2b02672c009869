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

    /// <summary>The text of the newest user message; empty if there is none.</summary>
    public string LastUserText => Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
}
