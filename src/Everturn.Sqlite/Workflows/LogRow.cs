using System.Text.Json.Serialization;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>A <see cref="LogEntry"/> as the first version stored it, in JSON. It is only read.</summary>
internal sealed record LogRow
{
    [JsonPropertyName("t")]
    public required string Type { get; init; }

    [JsonPropertyName("at")]
    public required long At { get; init; }

    [JsonPropertyName("k")]
    public string? Kind { get; init; }

    [JsonPropertyName("n")]
    public string? Name { get; init; }

    [JsonPropertyName("o")]
    public int? Ordinal { get; init; }

    [JsonPropertyName("a")]
    public int? Attempt { get; init; }

    [JsonPropertyName("e")]
    public InstanceError? Error { get; init; }

    [JsonPropertyName("d")]
    public long? DurationMs { get; init; }

    [JsonPropertyName("r")]
    public long? RetryDelayMs { get; init; }

    [JsonPropertyName("v")]
    public string? EventType { get; init; }

    [JsonPropertyName("s")]
    public int? TotalSteps { get; init; }

    [JsonPropertyName("c")]
    public int? CompletedSteps { get; init; }

    public LogEntry ToEntry() =>
        new(new(Type), DateTimeOffset.FromUnixTimeMilliseconds(At))
        {
            Step = Kind is null ? null : new JournalKey(new(Kind), Name ?? "", Ordinal ?? 0),
            Attempt = Attempt,
            Error = Error,
            DurationMs = DurationMs,
            RetryDelayMs = RetryDelayMs,
            EventType = EventType,
            TotalSteps = TotalSteps,
            CompletedSteps = CompletedSteps,
        };
}
