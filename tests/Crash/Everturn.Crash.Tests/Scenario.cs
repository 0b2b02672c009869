namespace Everturn.Crash.Tests;

/// <summary>A conversation to be had while the process is killed.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Agent">The host's agent.</param>
/// <param name="Messages">One for each turn.</param>
internal sealed record Scenario(string Name, string Agent, params IReadOnlyList<string> Messages)
{
    private static readonly Scenario[] All =
    [
        new("first execute", "text", "one"),
        new("continuation", "text", "one", "two", "three"),
        new("tool step", "tool", "one"),
        new("parallel tool step", "parallel", "one"),
        new("several steps", "multi", "one"),
        new("mid-stream", "deltas", "one"),
        new("large content", "text", new string('x', 20_000)),
        new("structured output", "structured", "one"),
    ];

    public static IReadOnlyList<Scenario> Everything => All;

    public static Scenario Of(string name) => All.Single(scenario => scenario.Name == name);
}
