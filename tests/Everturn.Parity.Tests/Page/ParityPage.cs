using System.Text;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Page;

/// <summary>docs/parity.md: what the suite shows, as a table.</summary>
internal static class ParityPage
{
    private const string Introduction = """
        # Parity

        What a session can do is the same on every runtime and store. Each row is a scenario of the parity suite, played
        on each runtime and store, once following the run chunk by chunk and once waiting for its outcome: `yes` where it
        held both ways. What differs between runtimes on purpose is in [runtimes](guides/runtimes.md).

        This page is written by the suite, and a test fails when it says something else:

        ```text
        dotnet build tests/Everturn.Parity.Tests
        dotnet exec artifacts/bin/Everturn.Parity.Tests/debug/Everturn.Parity.Tests.dll -explicit only
        ```

        """;

    public static string Path { get; } = System.IO.Path.Combine(Root(), "docs", "parity.md");

    public static async Task<string> RenderAsync()
    {
        var outcomes = await Task.WhenAll(ParityMatrix.Cases.Select(OutcomeAsync));
        var held = outcomes
            .GroupBy(outcome => (outcome.Case.Scenario, outcome.Case.Cell))
            .ToDictionary(group => group.Key, group => group.All(outcome => outcome.Held));
        var page = new StringBuilder(Introduction);
        foreach (var group in ParityMatrix.Scenarios.Select(Create).GroupBy(scenario => scenario.Group))
        {
            var cells = string.Join(" | ", ParityCell.All.Select(cell => cell.Name));
            page.Append("\n## ").Append(group.Key).Append("\n\n");
            page.Append("| | ").Append(cells).Append(" |\n|---|");
            page.Append(string.Concat(Enumerable.Repeat("---|", ParityCell.All.Count))).Append('\n');
            foreach (var scenario in group)
            {
                var answers = ParityCell.All.Select(cell => held[(scenario.GetType(), cell)] ? "yes" : "no");
                page.Append("| ").Append(scenario.Name).Append(" | ").AppendJoin(" | ", answers).Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static async Task<(ParityCase Case, bool Held)> OutcomeAsync(ParityCase parityCase) =>
        (parityCase, await ParityMatrix.OutcomeAsync(parityCase) is null);

    private static ParityScenario Create(Type scenario) => (ParityScenario)Activator.CreateInstance(scenario)!;

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Everturn.slnx")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return directory.FullName;
    }
}
