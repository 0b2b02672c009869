using System.Text.RegularExpressions;

namespace Everturn.Architecture.Tests;

/// <summary>Whoever filters logs by event id relies on it: ids are unique, and each area has its range.</summary>
public sealed partial class LogEventTests
{
    private const string Table = "docs/guides/operations.md";

    private static IEnumerable<(string File, int Id)> Events =>
        SourceTree
            .Files("*.cs", "src")
            .SelectMany(path => Message().Matches(SourceTree.Read(path)).Select(match => (path, Id(match, "id"))));

    private static IReadOnlyList<(int First, int Last, string Folder)> Ranges =>
        [
            .. Row()
                .Matches(SourceTree.Read(Table))
                .Select(row => (Id(row, "first"), Id(row, "last"), row.Groups["folder"].Value)),
        ];

    [Fact]
    public void Every_log_message_has_an_event_id_of_its_own()
    {
        Events.ShouldNotBeEmpty();
        Events
            .GroupBy(log => log.Id)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(log => log.File))}")
            .ShouldBeEmpty();
        foreach (var path in SourceTree.Files("*.cs", "src"))
        {
            var source = SourceTree.Read(path);
            Message().Count(source).ShouldBe(Attribute().Count(source), $"{path} has a message without a number");
        }
    }

    [Fact]
    public void Every_event_id_is_in_the_range_that_the_operations_guide_gives_its_area()
    {
        Ranges.ShouldNotBeEmpty();
        foreach (var (file, id) in Events)
        {
            var range = Ranges.Where(row => file.StartsWith(row.Folder, StringComparison.Ordinal)).ToList();
            range.Count.ShouldBe(1, $"{Table} has no row, or several, for {file}");
            id.ShouldBeInRange(range[0].First, range[0].Last, $"event {id} of {file}");
        }
    }

    private static int Id(Match match, string group) => int.Parse(match.Groups[group].ValueSpan);

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?<id>\d+),")]
    private static partial Regex Message();

    [GeneratedRegex(@"\[LoggerMessage\(")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^\| (?<first>\d+) to (?<last>\d+) \|[^|]*\| `(?<folder>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
