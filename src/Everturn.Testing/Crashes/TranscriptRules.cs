using Everturn.Sessions;

namespace Everturn.Testing.Crashes;

/// <summary>What a model must be able to take: who may speak after whom, and one result for each call.</summary>
internal static class TranscriptRules
{
    public static IEnumerable<string> Check(IReadOnlyList<AgentMessage> messages)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        AgentMessage? last = null;
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Role == MessageRole.Tool)
            {
                if (!open.Remove(message.ToolCallId ?? ""))
                {
                    yield return $"Invariant 6: message {i} answers call '{message.ToolCallId}', which is not open.";
                }
            }
            else if (open.Count > 0)
            {
                yield return $"Invariant 6: message {i} ({message.Role}) comes while calls {string.Join(", ", open)} are open.";
                open.Clear();
            }

            if (message.Role == MessageRole.Assistant)
            {
                if (last is null || last.Role == MessageRole.Assistant)
                {
                    yield return $"Invariant 6: message {i} is the assistant's, after {last?.Role.Value ?? "nothing"}.";
                }

                foreach (var call in message.ToolCalls ?? [])
                {
                    if (!known.Add(call.Id) || !open.Add(call.Id))
                    {
                        yield return $"Invariant 6: message {i} has a call '{call.Id}' that was there before.";
                    }
                }
            }

            last = message;
        }

        if (open.Count > 0)
        {
            yield return $"Invariant 6: calls {string.Join(", ", open)} have no result.";
        }
    }
}
