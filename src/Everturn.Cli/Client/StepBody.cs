using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>A step of an instance, as far as it is shown.</summary>
internal sealed record StepBody
{
    public required string Type { get; init; }

    public string? Name { get; init; }

    public int? Count { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string? EventType { get; init; }

    public JsonElement? Output { get; init; }

    public ErrorBody? Error { get; init; }

    public IReadOnlyList<AttemptBody> Attempts
    {
        get;
        init => field = value ?? [];
    } = [];
}
