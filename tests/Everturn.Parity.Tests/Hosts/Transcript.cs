using Everturn.Sessions;

namespace Everturn.Parity.Tests.Hosts;

/// <summary>Invariant 6: before every model call each assistant tool call has exactly one result.</summary>
internal static class Transcript
{
    /// <param name="messages">The transcript.</param>
    /// <param name="isSuspended">Whether its last calls wait for answers, so that their results are still to come.</param>
    public static void ShouldBeValid(IReadOnlyList<AgentMessage> messages, bool isSuspended = false)
    {
        var open = new List<string>();
        foreach (var message in messages)
        {
            if (message.Role == MessageRole.Tool)
            {
                open.Remove(message.ToolCallId!).ShouldBeTrue($"a result without a call: {message.ToolCallId}");
                continue;
            }

            open.ShouldBeEmpty("a call without a result");
            open.AddRange((message.ToolCalls ?? []).Select(call => call.Id));
        }

        if (!isSuspended)
        {
            open.ShouldBeEmpty("a call without a result at the end");
        }
    }
}
