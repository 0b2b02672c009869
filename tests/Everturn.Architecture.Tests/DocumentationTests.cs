using System.Text.RegularExpressions;

namespace Everturn.Architecture.Tests;

/// <summary>The documentation points at what is there, and shows code that compiles.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>What pages may show: snippets, and the patterns, which have tests of their own.</summary>
    private static readonly string[] Compiled = ["tests/Everturn.Docs.Snippets", "samples/Patterns"];

    public static TheoryData<string> Pages => [.. SourceTree.Files("*.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_resolves(string page)
    {
        var text = SourceTree.Read(page);
        var folder = Path.GetDirectoryName(page)!.Replace('\\', '/');
        foreach (var target in Links().Matches(text).Select(link => link.Groups["target"].Value))
        {
            if (
                target.Contains("://", StringComparison.Ordinal)
                || target.StartsWith("mailto:", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? page : Path.Combine(folder, parts[0]);
            SourceTree.Exists(path).ShouldBeTrue($"{page} links to {target}");
            if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal))
            {
                Anchors(SourceTree.Read(path)).ShouldContain(parts[1], $"{page} links to {target}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_csharp_is_part_of_a_file_that_compiles(string page)
    {
        var compiled = SourceTree.Files("*.cs", Compiled).Select(path => Flat(SourceTree.Read(path))).ToList();
        foreach (var block in CodeBlocks().Matches(SourceTree.Read(page)).Select(match => match.Groups["code"].Value))
        {
            compiled
                .Any(file => file.Contains(Flat(block), StringComparison.Ordinal))
                .ShouldBeTrue($"{page} shows code that is in no file of {string.Join(" or ", Compiled)}:\n{block}");
        }
    }

    [Fact]
    public void The_smallest_stateful_agent_with_a_page_has_no_more_lines_than_the_guide_says()
    {
        SourceTree.Read("docs/guides/stateful-agents.md").ShouldContain("less than\n60 lines");

        SourceTree
            .Files("*.cs", "samples/Counter")
            .Sum(file => SourceTree.Read(file).Count(letter => letter == '\n'))
            .ShouldBeInRange(1, 59);
    }

    // White space differs: the file may have the code inside of a method, and is formatted to another width.
    private static string Flat(string code) => string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));

    private static IEnumerable<string> Anchors(string text) =>
        Headings()
            .Matches(Fences().Replace(text, ""))
            .Select(heading =>
                NotInAnchors().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Trim().Replace(' ', '-')
            );

    [GeneratedRegex(@"\[[^\]\n]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
