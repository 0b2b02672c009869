using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>One thing that happened to an instance, as far as it is shown.</summary>
internal sealed record InstanceEventBody
{
    public long EventId { get; init; }

    public DateTimeOffset Timestamp { get; init; }

    public required string Type { get; init; }

    public string? StepName { get; init; }

    public int? StepCount { get; init; }

    public int? Attempt { get; init; }

    public string? EventType { get; init; }

    public ErrorBody? Error { get; init; }

    public JsonElement? Params { get; init; }

    public JsonElement? Output { get; init; }

    public long? DurationMs { get; init; }

    public long? RetryDelayMs { get; init; }

    public int? TotalSteps { get; init; }

    public int? CompletedSteps { get; init; }
}
