namespace Everturn.Cli.Client;

/// <summary>A workflow, as far as it is shown.</summary>
internal sealed record WorkflowBody
{
    public required string Name { get; init; }

    public int? VersionId { get; init; }

    public int? ConcurrencyLimit { get; init; }

    public IReadOnlyList<string> Schedules { get; init; } = [];

    public IReadOnlyDictionary<string, long> Instances { get; init; } = new Dictionary<string, long>();
}
