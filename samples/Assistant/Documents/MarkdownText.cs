namespace Assistant.Documents;

/// <summary>The little of Markdown that search and quoting need: headings, fences and paragraphs.</summary>
internal static class MarkdownText
{
    /// <summary>Cuts a page at its headings. A heading inside a code fence is code.</summary>
    public static IReadOnlyList<MarkdownSection> Sections(string page, string fallbackTitle)
    {
        var sections = new List<MarkdownSection>();
        var heading = fallbackTitle;
        var start = 1;
        var text = new List<string>();
        var fenced = false;
        var number = 0;
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            fenced ^= IsFence(line);
            if (fenced || HeadingOf(line) is not { } next)
            {
                text.Add(line);
                continue;
            }

            Add();
            (heading, start) = (next, number);
            text.Clear();
        }

        Add();
        return sections;

        void Add()
        {
            var body = string.Join('\n', text).Trim();
            if (body.Length > 0 || start > 1)
            {
                sections.Add(new(heading, start, body));
            }
        }
    }

    /// <summary>The text of the page's first heading.</summary>
    public static string Title(string page, string fallback)
    {
        foreach (var line in page.AsSpan().EnumerateLines())
        {
            if (HeadingOf(line.ToString()) is { } heading)
            {
                return heading;
            }
        }

        return fallback;
    }

    /// <summary>Cuts text into paragraphs, lists, tables and code blocks: whatever blank lines part.</summary>
    public static IEnumerable<string> Blocks(string text)
    {
        var block = new List<string>();
        var fenced = false;
        foreach (var line in text.Split('\n'))
        {
            fenced ^= IsFence(line);
            if (fenced || line.Trim().Length > 0)
            {
                block.Add(line);
            }
            else if (block.Count > 0)
            {
                yield return string.Join('\n', block);
                block.Clear();
            }
        }

        if (block.Count > 0)
        {
            yield return string.Join('\n', block);
        }
    }

    /// <summary>Whether a line begins or ends a code block.</summary>
    public static bool IsFence(string line) => line.TrimStart().StartsWith("```", StringComparison.Ordinal);

    private static string? HeadingOf(string line)
    {
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return level is > 0 and <= 6 && line[level] == ' ' ? line[level..].Trim().TrimEnd('#').Trim() : null;
    }
}
