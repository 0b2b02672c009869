using System.Text.Json;
using Everturn.Sessions;
using Everturn.State;
using Microsoft.Extensions.AI;

namespace Everturn.Loop.Holding;

/// <summary>
/// Tells the model about calls that were executed with other arguments than its own: its message stays as it is, so a
/// hidden message after the results says what was changed. Pure.
/// </summary>
internal static class EditedCalls
{
    /// <summary>One message for each such call of a step that is about to commit.</summary>
    public static IEnumerable<AgentMessage> Notices(IReadOnlyList<ToolCallRecord> calls, RunExecution execution)
    {
        if (execution.Conversation.Chat is not [.., { } last] || last.Role != ChatRole.Assistant)
        {
            yield break;
        }

        foreach (var call in calls)
        {
            var asked = last
                .Contents.OfType<FunctionCallContent>()
                .FirstOrDefault(each => each.CallId == call.ToolCallId);
            if (asked is not null && !IsSame(asked, call))
            {
                yield return Notice(call);
            }
        }
    }

    private static AgentMessage Notice(ToolCallRecord call) =>
        new()
        {
            Role = MessageRole.User,
            Content =
                $"The person who approved {call.ToolName} changed its arguments to "
                + $"{JsonBytes.Parse(call.Arguments).GetRawText()}.",
            Metadata = new Dictionary<string, JsonElement> { ["hidden"] = JsonBytes.Parse("true"u8.ToArray()) },
            RunId = call.RunId,
            CreatedAt = call.EndedAt,
        };

    private static bool IsSame(FunctionCallContent asked, ToolCallRecord call)
    {
        var executed = MessageConversion.Arguments(JsonBytes.Parse(call.Arguments));
        return executed.Count == (asked.Arguments?.Count ?? 0)
            && executed.All(argument =>
                asked.Arguments!.TryGetValue(argument.Key, out var value)
                && value is JsonElement before
                && argument.Value is JsonElement after
                && JsonElement.DeepEquals(before, after)
            );
    }
}
