using System.Text.RegularExpressions;

namespace Assistant.Offline;

/// <summary>Questions about the conversation itself, answered from the turns of the transcript.</summary>
internal static partial class MemoryRule
{
    public static OfflineReply? Answer(OfflineTranscript transcript, OfflineTurn turn) =>
        Recall(transcript, turn) is { } text ? OfflineReply.Say(text) : null;

    private static string? Recall(OfflineTranscript transcript, OfflineTurn turn)
    {
        var earlier = transcript.Earlier;
        if (FirstWords().IsMatch(turn.Question))
        {
            return earlier.Count == 0 ? Nothing : $"Your first message was: “{earlier[0].Question}”";
        }

        if (HistoryWords().IsMatch(turn.Question))
        {
            return earlier.Count switch
            {
                0 => Nothing,
                1 => $"Before this you asked: “{earlier[0].Question}”",
                _ => "Before this you asked:\n\n"
                    + string.Join('\n', earlier.Select((past, index) => $"{index + 1}. {past.Question}")),
            };
        }

        if (AgainWords().IsMatch(turn.Question))
        {
            return earlier.LastOrDefault(past => past.Answer.Length > 0)?.Answer ?? Nothing;
        }

        if (AskedFact().Match(turn.Question) is { Success: true } asked)
        {
            var what = asked.Groups["what"].Value.Trim();
            return FactAbout(what, earlier) is { } value
                ? $"You told me: your {what} is **{value}**."
                : $"You have not told me your {what} in this session.";
        }

        return ToldFact().Match(turn.Question) is { Success: true } told && !turn.Question.EndsWith('?')
            ? $"I see: your {told.Groups["what"].Value} is **{told.Groups["value"].Value.Trim()}**. "
                + "I know that for the rest of this session."
            : null;
    }

    private const string Nothing = "This is the beginning of our conversation: there is nothing before it.";

    private static string? FactAbout(string what, IReadOnlyList<OfflineTurn> earlier) =>
        earlier
            .Reverse()
            .Select(past => ToldFact().Match(past.Question))
            .FirstOrDefault(told =>
                told.Success && told.Groups["what"].Value.Equals(what, StringComparison.OrdinalIgnoreCase)
            )
            ?.Groups["value"]
            .Value.Trim();

    [GeneratedRegex(@"\bmy\s+first\s+(?:question|message)\b", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex FirstWords();

    [GeneratedRegex(
        @"\bwhat\s+(?:did|have|had)\s+i\s+(?:just\s+)?(?:ask(?:ed)?|sa(?:y|id)|want(?:ed)?)\b|\bmy\s+(?:last|previous|earlier)\s+(?:questions?|messages?)\b|\bwhat\s+(?:did|have)\s+we\s+(?:talk|discuss)",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex HistoryWords();

    [GeneratedRegex(
        @"^\s*(?:please\s+)?(?:say|repeat)\s+(?:that|it|your\s+(?:last\s+)?answer)\b",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex AgainWords();

    [GeneratedRegex(
        @"\bwhat(?:'s|’s|\s+is|\s+was)\s+my\s+(?<what>[\p{L} ]{1,40}?)\s*\??\s*$",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex AskedFact();

    [GeneratedRegex(
        @"\bmy\s+(?<what>[\p{L} ]{1,40}?)\s+is\s+(?<value>[^.!?,;\n]{1,200})",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex ToldFact();
}
