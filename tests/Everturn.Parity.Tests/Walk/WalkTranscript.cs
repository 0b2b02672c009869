using Everturn.Sessions;

namespace Everturn.Parity.Tests.Walk;

/// <summary>Invariant 6 of a transcript.</summary>
internal static class WalkTranscript
{
    /// <param name="messages">The transcript.</param>
    /// <param name="mayBeOpen">Whether the last calls may have no results yet.</param>
    public static IEnumerable<string> Invalid(IReadOnlyList<AgentMessage> messages, bool mayBeOpen)
    {
        var open = new List<string>();
        for (var position = 0; position < messages.Count; position++)
        {
            var message = messages[position];
            if (message.Role == MessageRole.Tool)
            {
                if (!open.Remove(message.ToolCallId!))
                {
                    yield return $"message {position} is a result of {message.ToolCallId}, which is not open.";
                }

                continue;
            }

            if (open.Count > 0)
            {
                yield return $"message {position} comes while {string.Join(", ", open)} is open.";
            }

            open = [.. (message.ToolCalls ?? []).Select(call => call.Id)];
        }

        if (open.Count > 0 && !mayBeOpen)
        {
            yield return $"{string.Join(", ", open)} is open at the end.";
        }
    }
}
