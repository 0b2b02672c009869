using System.Text.RegularExpressions;

namespace Everturn.Tests.Workflows.Conformance;

/// <summary>Which cases are shown by a test, and where: read from the names of the tests in the source.</summary>
internal static partial class CaseTests
{
    private static readonly string[] Stores = ["InMemory", "Sqlite"];

    /// <summary>Where each case is shown.</summary>
    public static ILookup<string, string> Places { get; } = Find();

    private static ILookup<string, string> Find()
    {
        var sources = SourceTree.Tests.Select(path => (Path: path, Text: SourceTree.Read(path))).ToList();
        var all = string.Concat(sources.Select(source => source.Text));
        return sources
            .SelectMany(source =>
                Tests()
                    .Matches(source.Text)
                    .Where(test => !test.Value.Contains("Skip =") && !test.Value.Contains("Explicit ="))
                    .SelectMany(test => Ids().Match(test.Groups["name"].Value).Groups["id"].Captures)
                    .SelectMany(id =>
                        PlacesOf(source.Path, source.Text, all).Select(place => (Id: IdOf(id.Value), Place: place))
                    )
            )
            .Distinct()
            .ToLookup(pair => pair.Id, pair => pair.Place);
    }

    /// <summary>A class of shared tests is run where a class of a store derives from it, and nowhere else.</summary>
    private static IEnumerable<string> PlacesOf(string path, string text, string all)
    {
        if (!path.Contains("/Workflows/Shared/", StringComparison.Ordinal))
        {
            return [path.Split('/').First(part => part.StartsWith("Everturn.", StringComparison.Ordinal))];
        }

        var name = SharedClass().Match(text).Groups["name"].Value;
        return Stores.Where(store => all.Contains($" {store}{name}() : {name}(", StringComparison.Ordinal));
    }

    private static string IdOf(string captured) => $"{captured[..2]}-{captured[^2..]}";

    [GeneratedRegex(@"\[(?:Fact|Theory)[^;{}]*?\bpublic (?:async )?(?:Task|void) (?<name>\w+)\(")]
    private static partial Regex Tests();

    [GeneratedRegex(@"^(?:(?<id>[A-Z]{2}_?[0-9]{2})_)+")]
    private static partial Regex Ids();

    [GeneratedRegex(@"public abstract class (?<name>\w+)\(")]
    private static partial Regex SharedClass();
}
