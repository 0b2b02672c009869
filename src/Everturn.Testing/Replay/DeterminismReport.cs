namespace Everturn.Testing.Replay;

/// <summary>What a replay of an instance's journal came to.</summary>
/// <param name="Steps">How many steps were compared.</param>
/// <param name="Difference">What differs first; null if nothing does.</param>
public sealed record DeterminismReport(int Steps, ReplayDifference? Difference)
{
    /// <summary>Whether the code did the same in every execution.</summary>
    public bool IsDeterministic => Difference is null;

    /// <summary>Throws if something differs.</summary>
    /// <exception cref="ConformanceException">It does; the message says what.</exception>
    public void EnsureDeterministic()
    {
        if (Difference is not null)
        {
            throw new ConformanceException(ToString());
        }
    }

    /// <summary>The report for people.</summary>
    public override string ToString() =>
        Difference is null ? $"{Steps} steps were the same in both replays." : Difference.ToString();
}
