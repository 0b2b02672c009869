using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>Data of a server-sent event of <c>/subscribe</c>: one thing that happened to an instance.</summary>
public sealed record InstanceEventView
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Its number within the instance; the cursor to go on from.</summary>
    public required long EventId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What happened.</summary>
    public required InstanceLogEventType Type { get; init; }

    /// <summary>The step's type, as in the instance's steps.</summary>
    public string? StepType { get; init; }

    /// <summary>The step's name.</summary>
    public string? StepName { get; init; }

    /// <summary>Which call with this name and type, from 1.</summary>
    public int? StepCount { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>What went wrong.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>The parameters, when the workflow started.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>The output of the workflow or step, if it is still there; of a sensitive step <c>"[REDACTED]"</c>.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>How long a sleep is, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The wait before the next attempt in milliseconds, if there is to be one.</summary>
    public long? RetryDelayMs { get; init; }

    /// <summary>The type of event that a wait is for.</summary>
    public string? EventType { get; init; }

    /// <summary>Of a rollback: the steps to roll back.</summary>
    public int? TotalSteps { get; init; }

    /// <summary>Of a rollback that ended: the steps rolled back.</summary>
    public int? CompletedSteps { get; init; }

    internal static InstanceEventView Of(InstanceLogEvent logged) =>
        new()
        {
            InstanceId = logged.InstanceId,
            EventId = logged.EventId,
            Timestamp = logged.Timestamp,
            Type = logged.Type,
            StepType = logged.StepKind is { } kind ? StepView.TypeOf(kind) : null,
            StepName = logged.StepName,
            StepCount = logged.StepCount,
            Attempt = logged.Attempt,
            Error = logged.Error,
            Params = RawJson.Read(logged.ParamsJson),
            Output = RawJson.Read(logged.OutputJson),
            DurationMs = (long?)logged.Duration?.TotalMilliseconds,
            RetryDelayMs = (long?)logged.RetryDelay?.TotalMilliseconds,
            EventType = logged.EventType,
            TotalSteps = logged.TotalSteps,
            CompletedSteps = logged.CompletedSteps,
        };
}
