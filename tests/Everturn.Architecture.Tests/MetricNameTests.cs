using System.Text.RegularExpressions;

namespace Everturn.Architecture.Tests;

/// <summary>Dashboards rely on the names of metrics: those that are promised exist, and the guide lists no others.</summary>
public sealed partial class MetricNameTests
{
    private static readonly string[] Promised =
    [
        "everturn.commit.duration",
        "everturn.commit.batch_size",
        "everturn.runs.active",
        "everturn.run.duration",
        "everturn.claims",
        "everturn.recoveries",
        "everturn.stream.lag",
        "everturn.outbox.depth",
        "everturn.timers.late",
        "gen_ai.client.operation.duration",
        "gen_ai.client.token.usage",
    ];

    private static IReadOnlyList<string> Created =>
        [
            .. SourceTree
                .Files("*Instruments.cs", "src")
                .SelectMany(path => Instrument().Matches(SourceTree.Read(path)))
                .Select(match => match.Groups["name"].Value),
        ];

    [Fact]
    public void Every_promised_metric_is_created_once()
    {
        Created.ShouldBeUnique();
        Promised.Except(Created).ShouldBeEmpty();
    }

    [Fact]
    public void The_operations_guide_lists_metrics_that_exist_and_all_that_are_promised()
    {
        var listed = Row()
            .Matches(SourceTree.Read("docs/guides/operations.md"))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        listed.Except(Created).ShouldBeEmpty();
        Promised.Except(listed).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\.Create\w+<\w+>\(\s*""(?<name>[a-z_.]+)""")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<name>(?:everturn|gen_ai)\.[a-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
