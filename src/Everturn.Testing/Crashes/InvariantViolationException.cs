namespace Everturn.Testing.Crashes;

/// <summary>Something that must hold whatever crashes did not hold.</summary>
/// <param name="violations">What, a line each.</param>
public sealed class InvariantViolationException(IReadOnlyList<string> violations)
    : EverturnException(string.Join('\n', violations))
{
    /// <summary>What did not hold, a line each.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
