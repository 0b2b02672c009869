using System.Text;

namespace Everturn.Tests.Workflows.Conformance;

/// <summary>docs/workflow-conformance.md: every case of the engine, and where it is shown.</summary>
internal static class WorkflowConformancePage
{
    private const string Introduction = """
        # Conformance of workflows

        What the step engine promises, case by case. A case passes where tests that carry its id in their names are part of
        the suite, not skipped, and derived for the store; the suite fails with any of them. `both stores` is memory and
        SQLite.

        This page is written by the tests, and one fails when it says something else:

        ```text
        dotnet build tests/Everturn.Tests
        artifacts/bin/Everturn.Tests/debug/Everturn.Tests -explicit only -method "*Write_the_workflow_page"
        ```

        """;

    public static string File { get; } = Path.Combine(SourceTree.Root, "docs", "workflow-conformance.md");

    public static string Render()
    {
        var page = new StringBuilder(Introduction);
        foreach (var (section, cases) in WorkflowCase.All)
        {
            page.Append($"\n## {section}\n\n| id | case | result | shown |\n|---|---|---|---|\n");
            foreach (var item in cases)
            {
                var places = CaseTests.Places[item.Id].ToList();
                page.Append(
                    $"| {item.Id} | {item.Text} | {(places.Count > 0 ? "pass" : "open")} | {Words(places)} |\n"
                );
            }
        }

        page.Append("\n## What does not apply\n\n| id | what and why |\n|---|---|\n");
        foreach (
            var item in WorkflowCase.All.SelectMany(section => section.Cases).Where(item => item.Reason is not null)
        )
        {
            page.Append($"| {item.Id} | {item.Reason} |\n");
        }

        return page.ToString();
    }

    private static string Words(List<string> places)
    {
        if (places.Contains("InMemory") && places.Contains("Sqlite"))
        {
            return "both stores";
        }

        return string.Join(
            ", ",
            places.Select(place =>
                place is "Sqlite" ? "SQLite"
                : place is "InMemory" ? "memory"
                : $"`{place}`"
            )
        );
    }
}
