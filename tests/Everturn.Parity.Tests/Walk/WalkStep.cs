namespace Everturn.Parity.Tests.Walk;

/// <summary>One thing that happens.</summary>
/// <param name="Action">What.</param>
/// <param name="Choice">Which of those there are, 0 to 999.</param>
/// <param name="IsHurried">Whether the next thing happens at once, and not when all has come to rest.</param>
internal sealed record WalkStep(WalkAction Action, int Choice = 0, bool IsHurried = false)
{
    /// <summary>As an expression, so that a walk can be copied into a test.</summary>
    public override string ToString() => $"new(WalkAction.{Action}, {Choice}{(IsHurried ? ", IsHurried: true" : "")})";

    /// <summary>One of some things.</summary>
    public T Of<T>(IReadOnlyList<T> things) => things[Choice % things.Count];
}
