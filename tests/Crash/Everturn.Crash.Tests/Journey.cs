namespace Everturn.Crash.Tests;

/// <summary>A workflow of the host, and what it has to come to wherever its process is killed.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Status">Its last status.</param>
/// <param name="Result">Its output, or its error's message.</param>
/// <param name="Effects">The effects of its steps, <c>name-count</c>, each as often as it happens where nothing dies.</param>
internal sealed record Journey(string Workflow, string Status, string Result, params IReadOnlyList<string> Effects)
{
    private static readonly Journey[] All =
    [
        new("linear", "complete", "12345", "s1-1", "s2-1", "s3-1", "s4-1", "s5-1"),
        new("parallel", "complete", "123", "branch-1", "branch-2", "branch-3", "join-1"),
        new("loop", "complete", "abc", "handle-a-1", "handle-b-1", "handle-c-1") { Events = ["a", "b", "c"] },
        new("retry", "complete", "flakyflakier", "flaky-1", "flaky-1", "flakier-1", "flakier-1", "flakier-1"),
        new(
            "saga",
            "errored",
            "declined by child",
            "reserve-1",
            "look-1",
            "answer-1",
            "charge-1",
            "undo-charge-1",
            "undo-reserve-1"
        )
        {
            IsRolledBack = true,
        },
    ];

    /// <summary>The events that it is sent, of type <c>item</c>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Whether its steps are undone.</summary>
    public bool IsRolledBack { get; init; }

    public static Journey Of(string workflow) => All.Single(journey => journey.Workflow == workflow);
}
