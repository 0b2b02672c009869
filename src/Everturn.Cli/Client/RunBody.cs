namespace Everturn.Cli.Client;

/// <summary>A run, as far as it is shown.</summary>
internal sealed record RunBody
{
    public required string RunId { get; init; }

    public int Ordinal { get; init; }

    public int Turn { get; init; }

    public required string Trigger { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Error { get; init; }

    public required string Runtime { get; init; }

    public int StepCount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
