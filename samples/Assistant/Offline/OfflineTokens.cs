using System.Text.RegularExpressions;

namespace Assistant.Offline;

/// <summary>
/// What counts as a token of the offline model: at most six letters or digits, or one other character, each with the
/// white space before it. The pieces of a text, put together, are the text.
/// </summary>
internal static partial class OfflineTokens
{
    public static IEnumerable<string> Split(string text) => Pieces().Matches(text).Select(piece => piece.Value);

    public static int Count(string? text) => string.IsNullOrEmpty(text) ? 0 : Pieces().Count(text);

    [GeneratedRegex(@"\s*[\p{L}\p{N}]{1,6}|\s*[^\p{L}\p{N}\s]|\s+$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Pieces();
}
