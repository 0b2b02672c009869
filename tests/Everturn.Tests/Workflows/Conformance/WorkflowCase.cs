namespace Everturn.Tests.Workflows.Conformance;

/// <summary>A case of the workflow engine's conformance list.</summary>
/// <param name="Id">Its id, which the names of its tests carry.</param>
/// <param name="Text">What has to hold.</param>
/// <param name="Reason">Which part of it cannot be asked here, and why; null if all of it can.</param>
internal sealed record WorkflowCase(string Id, string Text, string? Reason)
{
    /// <summary>The list, by section.</summary>
    public static IReadOnlyList<(string Section, IReadOnlyList<WorkflowCase> Cases)> All { get; } = Read();

    private static List<(string, IReadOnlyList<WorkflowCase>)> Read()
    {
        var sections = new List<(string, IReadOnlyList<WorkflowCase>)>();
        var cases = new List<WorkflowCase>();
        var path = Path.Combine(SourceTree.Root, "tests/Everturn.Tests/Workflows/Conformance/cases.txt");
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                cases = [];
                sections.Add((line[2..], cases));
                continue;
            }

            var parts = line.Split(" | ");
            cases.Add(new(parts[0], parts[1], parts.ElementAtOrDefault(2)));
        }

        return sections;
    }
}
