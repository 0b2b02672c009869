namespace Everturn.Bench.Reporting;

/// <summary>What a benchmark found.</summary>
/// <param name="Value">The number of the row.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record BenchResult(double Value, string Unit)
{
    /// <summary>What it is held against; null where the row only serves others.</summary>
    public Bar? Bar { get; init; }

    /// <summary>What carried the work.</summary>
    public string Runtime { get; init; } = "workflow";

    /// <summary>What kept the data.</summary>
    public string Store { get; init; } = "sqlite";

    /// <summary>What an acknowledged write means.</summary>
    public string Durability { get; init; } = "WAL, synchronous=FULL, group commit";

    /// <summary>All else that one needs to read the number, in the order to show.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Details { get; init; } = [];
}
