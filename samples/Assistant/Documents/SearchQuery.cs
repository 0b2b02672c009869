using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Assistant.Documents;

/// <summary>Makes full-text queries from a person's words.</summary>
internal static partial class SearchQuery
{
    // The two lines are long because a list of words reads best as one.
    private static readonly FrozenSet<string> StopWords = (
        "a about again all also am an and any are as at be because been before but by can could did do does doing done "
        + "for from get give go had has have how i if in into is it its just know like made make makes me mean means "
        + "more most my need no not now of on one only or other our out please say see show so some such tell than "
        + "that the their them then there these they this those to too us use used using very want was we were what "
        + "when where whether which while who whom whose why will with would you your explain describe find look work "
        + "works happen happens"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words that carry a meaning, lower case, in order; all words where none does.</summary>
    public static IReadOnlyList<string> Terms(string text)
    {
        var words = Words().Matches(text.ToLowerInvariant()).Select(word => word.Value).Distinct().ToList();
        var terms = words.Where(word => !StopWords.Contains(word)).ToList();
        return terms.Count > 0 ? terms : words;
    }

    /// <summary>An FTS5 expression that matches any of the words; every word is quoted, so that none is an operator.</summary>
    public static string Expression(string text) => string.Join(" OR ", Terms(text).Select(term => $"\"{term}\""));

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Words();
}
