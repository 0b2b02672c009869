namespace Everturn.Cli.Client;

/// <summary>A session, as far as it is shown.</summary>
internal sealed record SessionBody
{
    public required string SessionId { get; init; }

    public required string AgentType { get; init; }

    public string? Title { get; init; }

    public string? UserId { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public required string Status { get; init; }

    public int MessageCount { get; init; }

    public long LastSequence { get; init; }

    public int Turn { get; init; }

    public int StepCount { get; init; }

    public string? ForkedFrom { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
