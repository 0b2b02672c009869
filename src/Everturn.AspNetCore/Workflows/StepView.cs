using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>A step of an instance.</summary>
public sealed record StepView
{
    /// <summary>The type of a step with a callback.</summary>
    internal const string Step = "step";

    private const string Completed = "completed";

    /// <summary>For the serializer.</summary>
    public StepView() { }

    [SetsRequiredMembers]
    internal StepView(StepSnapshot step)
    {
        Type = TypeOf(step.Kind);
        Name = step.Name;
        Count = step.Count;
        Status = step.Status switch
        {
            StepStatus.Running => "running",
            StepStatus.Waiting => "waiting",
            StepStatus.Completed => Completed,
            _ => "errored",
        };
        Start = step.StartedAt;
        End = step.EndedAt;
        Success = step.Status is StepStatus.Completed or StepStatus.Errored
            ? step.Status == StepStatus.Completed
            : null;
        DueAt = step.DueAt;
        EventType = step.EventType;
        Output = RawJson.Read(step.OutputJson);
        Error = step.Error;
        Attempts =
            step.Kind == StepKind.Do || step.Attempts.Count > 0 ? [.. step.Attempts.Select(AttemptView.Of)] : null;
    }

    /// <summary>
    /// <c>step</c>, <c>sleep</c>, <c>waitForEvent</c>, <c>child</c>, <c>childEnd</c>, <c>approval</c>, <c>clientTool</c>,
    /// <c>patch</c>, <c>rollback</c>, or <c>termination</c> as the last of an instance that was terminated.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>Its name; absent for a termination.</summary>
    public string? Name { get; init; }

    /// <summary>Which call with this name and type it is, from 1; absent for a termination.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// <c>running</c>, <c>waiting</c> (for a time, an event or its next attempt), <c>completed</c> or <c>errored</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>When it was first asked for.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Whether it ended with a result; absent before it ended.</summary>
    public bool? Success { get; init; }

    /// <summary>When the sleep or the retry is due, or the wait times out.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The type of event that it waits for or received.</summary>
    public string? EventType { get; init; }

    /// <summary>Its result; of a sensitive step <c>"[REDACTED]"</c>, of a stream the beginning.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed; while a retry is pending, why the attempt before did.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>Its attempts, in order; absent where it has none by nature.</summary>
    public IReadOnlyList<AttemptView>? Attempts { get; init; }

    /// <summary>How a kind of step is called here.</summary>
    internal static string TypeOf(StepKind kind) => kind == StepKind.Do ? Step : kind.Value;

    /// <summary>The entry that says that an instance was terminated.</summary>
    internal static StepView Termination(DateTimeOffset at) =>
        new()
        {
            Type = "termination",
            Status = Completed,
            Start = at,
            End = at,
            Success = true,
        };
}
