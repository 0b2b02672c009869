using Microsoft.Extensions.AI;

namespace Assistant.Offline;

/// <summary>One answer of the offline model: text, calls, or both.</summary>
/// <param name="Text">The text, Markdown.</param>
/// <param name="Calls">The tools to call at once; none ends the turn.</param>
internal sealed record OfflineReply(string Text, IReadOnlyList<FunctionCallContent> Calls)
{
    public static OfflineReply Say(string text) => new(text, []);
}
