using System.Globalization;
using System.Text.RegularExpressions;
using Assistant.Documents;

namespace Assistant.Offline;

/// <summary>What a question is about.</summary>
/// <param name="Parts">The question, cut where it asks for two things.</param>
/// <param name="IsContinued">Whether the question only refers to the subject of an earlier one.</param>
/// <param name="Read">The sections that were read for the subject before this turn.</param>
internal sealed partial record Subject(
    IReadOnlyList<string> Parts,
    bool IsContinued,
    IReadOnlySet<(string Path, int Line)> Read
)
{
    private const int MaxParts = 3;

    /// <summary>The subject of the current turn; null where it refers to an earlier one and there is none.</summary>
    public static Subject? Of(OfflineTranscript transcript)
    {
        var read = new HashSet<(string, int)>();
        var question = transcript.Current!.Question;
        if (!Refers(question))
        {
            return new(Cut(question), IsContinued: false, read);
        }

        foreach (var turn in transcript.Earlier.Reverse())
        {
            if (!turn.CallsOf(DocumentTools.SearchName).Any())
            {
                continue;
            }

            read.UnionWith(turn.CallsOf(DocumentTools.ReadName).Select(Place));
            if (!Refers(turn.Question))
            {
                return new(Cut(turn.Question), IsContinued: true, read);
            }
        }

        return null;
    }

    private static (string Path, int Line) Place(OfflineCall read) =>
        (
            read.Argument("path"),
            int.TryParse(read.Argument("fromLine"), CultureInfo.InvariantCulture, out var line) ? line : 1
        );

    private static bool Refers(string question) => ReferringWords().IsMatch(question);

    private static List<string> Cut(string question)
    {
        var parts = Joints()
            .Split(question)
            .Select(part => part.Trim(' ', '?', '.', ',', '!'))
            .Where(HasWords)
            .ToList();
        return parts.Count is > 1 and <= MaxParts ? parts : [question];
    }

    private static bool HasWords(string part) => part.Length > 3 && SearchQuery.Terms(part).Count > 0;

    [GeneratedRegex(
        @"^\s*(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:tell\s+me\s+|say\s+|show\s+me\s+|give\s+me\s+)?(?:some\s+|a\s+bit\s+)?(?:more|go\s+on|continue|what\s+else|anything\s+else|elaborate|why(?:\s+is\s+that)?|how\s+so|and)(?:\s+(?:details?|please|(?:about|on)\s+(?:it|that|this)))*[\s?!.]*$",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex ReferringWords();

    [GeneratedRegex(
        @"\?\s+(?=\S)|[\s,]+and\s+(?=(?:how|what|why|when|where|which|who|does|do|is|are|can)\b)",
        RegexOptions.IgnoreCase,
        1_000
    )]
    private static partial Regex Joints();
}
