using System.Text;
using Assistant.Documents;

namespace Assistant.Offline;

/// <summary>Writes the answer to a question: the passages that fit best, word for word, with their files.</summary>
internal static class Quotation
{
    private const int MaxBlocks = 3;
    private const int MaxCharacters = 1_400;
    private const int StemLength = 5;

    public static string Write(Subject subject, IReadOnlyList<OfflineCall> searches, IReadOnlyList<OfflineCall> reads)
    {
        var text = new StringBuilder();
        var terms = subject.Parts.SelectMany(SearchQuery.Terms).Select(Stem).ToHashSet(StringComparer.Ordinal);
        foreach (var read in reads)
        {
            Append(
                text,
                read.As<PageResult>() is { } page
                    ? Quote(page, terms)
                    : $"`{read.Argument("path")}` could not be read: {read.Result}"
            );
        }

        foreach (var search in searches.Where(search => search.As<SearchResult>() is not { Hits.Count: > 0 }))
        {
            Append(
                text,
                search.As<SearchResult>() is null
                    ? $"The search failed: {search.Result}"
                    : $"The documents say nothing that I can find about “{search.Argument("query")}”."
            );
        }

        if (reads.Count == 0 && text.Length == 0)
        {
            Append(text, "That was all that the documents say about it, as far as my search goes.");
        }

        if (OtherPages(searches, reads) is { Count: > 0 } others)
        {
            Append(text, $"See also {string.Join(", ", others.Select(path => $"`{path}`"))}.");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string paragraph) =>
        text.Append(text.Length > 0 ? "\n\n" : "").Append(paragraph);

    private static string Quote(PageResult page, HashSet<string> terms)
    {
        var section =
            MarkdownText.Sections(page.Text, page.Title).FirstOrDefault(section => section.Text.Length > 0)
            ?? new(page.Title, page.FromLine, page.Text);
        var blocks = MarkdownText.Blocks(section.Text).ToList();
        var chosen = blocks
            .Select((block, index) => (Block: block, Index: index, Score: Score(block, terms)))
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Index)
            .Take(MaxBlocks)
            .OrderBy(candidate => candidate.Index)
            .Select(candidate => candidate.Block);
        var text = new StringBuilder($"From `{page.Path}`, section **{section.Heading}**:");
        var first = true;
        foreach (var block in chosen)
        {
            if (!first && text.Length + block.Length > MaxCharacters)
            {
                break;
            }

            Append(text, MarkdownText.IsFence(block) ? block : "> " + block.Replace("\n", "\n> "));
            first = false;
        }

        return text.ToString();
    }

    private static int Score(string block, HashSet<string> terms) =>
        SearchQuery.Terms(block).Select(Stem).Distinct().Count(terms.Contains);

    // Good enough to see that "killed" and "kills" are one word.
    private static string Stem(string word) => word.Length > StemLength ? word[..StemLength] : word.TrimEnd('s');

    private static List<string> OtherPages(IEnumerable<OfflineCall> searches, IReadOnlyList<OfflineCall> reads) =>
        [
            .. searches
                .SelectMany(search => search.As<SearchResult>()?.Hits ?? [])
                .Select(hit => hit.Path)
                .Distinct()
                .Except(reads.Select(read => read.Argument("path")))
                .Take(3),
        ];
}
