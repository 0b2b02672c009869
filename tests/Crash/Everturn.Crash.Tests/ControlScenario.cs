namespace Everturn.Crash.Tests;

/// <summary>What a session is brought to before a verb, and what it has come to after it.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Agent">The host's agent.</param>
/// <param name="Message">The first turn's message.</param>
/// <param name="Statuses">Of the runs, in the end.</param>
internal sealed record ControlScenario(string Verb, string Agent, string Message, params IReadOnlyList<string> Statuses)
{
    private static readonly ControlScenario[] All =
    [
        new("abort", "endless", "one", "failed") { StopsMidAnswer = true },
        new("resume", "endless", "one", "interrupted", "completed")
        {
            StopsMidAnswer = true,
            Interrupts = true,
            Ends = true,
        },
        new("retry", "failing", "fail", "failed", "completed") { Ends = true, Calls = 1 },
        new("branch", "multi", "one", "completed", "completed") { Ends = true, Calls = 8 },
    ];

    /// <summary>Whether the verb comes in the middle of the answer.</summary>
    public bool StopsMidAnswer { get; init; }

    /// <summary>Whether the run is interrupted before the verb.</summary>
    public bool Interrupts { get; init; }

    /// <summary>Whether the first run ends before the verb.</summary>
    public bool Ends { get; init; }

    /// <summary>Tool calls of all runs, also of those that are void.</summary>
    public int Calls { get; init; }

    public static ControlScenario Of(string verb) => All.Single(scenario => scenario.Verb == verb);
}
