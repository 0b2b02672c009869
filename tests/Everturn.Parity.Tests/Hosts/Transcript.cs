using Everturn.Sessions;

namespace Everturn.Parity.Tests.Hosts;

/// <summary>Invariant 6: before every model call each assistant tool call has exactly one result.</summary>
internal static class Transcript
{
    public static void ShouldBeValid(IReadOnlyList<AgentMessage> messages)
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

        open.ShouldBeEmpty("a call without a result at the end");
    }
}
