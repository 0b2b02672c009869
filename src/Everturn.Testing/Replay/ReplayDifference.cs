namespace Everturn.Testing.Replay;

/// <summary>The first place at which a replay differs.</summary>
/// <param name="Replay">Which replay, from 1.</param>
/// <param name="Position">The step's place in the order in which steps were asked for, from 1.</param>
/// <param name="Step">The step's name; null if it is the end of the workflow that differs.</param>
/// <param name="Recorded">What the journal has, or what the first replay did.</param>
/// <param name="Asked">What this replay asked for.</param>
public sealed record ReplayDifference(int Replay, int Position, string? Step, string Recorded, string Asked)
{
    /// <summary>The difference for people.</summary>
    public override string ToString() =>
        $"Replay {Replay} differs at step {Position}{(Step is null ? "" : $" (\"{Step}\")")}: recorded was {Recorded}, "
        + $"the code asked for {Asked}. Whatever is not the same each time belongs into a step: the clock, random "
        + "numbers, input and output.";
}
