using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>Status of a run. An open set: values written by a newer version round-trip.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<RunStatus>))]
public readonly record struct RunStatus(string Value) : IOpenName<RunStatus>
{
    /// <summary>It waits for the run in its way, and has neither ordinal nor turn yet.</summary>
    public static readonly RunStatus Queued = new("queued");

    /// <summary>Its message became part of the run that its record names as parent.</summary>
    public static readonly RunStatus Joined = new("joined");

    /// <summary>It executes, or waits to be taken by a node.</summary>
    public static readonly RunStatus Running = new("running");

    /// <summary>It ended at unanswered client tools or approvals.</summary>
    public static readonly RunStatus SuspendedClientTool = new("suspended_client_tool");

    /// <summary>It ended to wait for child sessions.</summary>
    public static readonly RunStatus SuspendedAwaitingChildren = new("suspended_awaiting_children");

    /// <summary>It ended with part of a step's calls answered.</summary>
    public static readonly RunStatus SuspendedStepPartial = new("suspended_step_partial");

    /// <summary>It was stopped softly and can be resumed.</summary>
    public static readonly RunStatus Interrupted = new("interrupted");

    /// <summary>It completed.</summary>
    public static readonly RunStatus Completed = new("completed");

    /// <summary>It failed or was aborted; the run's reason says which.</summary>
    public static readonly RunStatus Failed = new("failed");

    /// <summary>Whether the run ended at a human or child boundary with all it needs written down.</summary>
    [JsonIgnore]
    public bool IsSuspended =>
        this == SuspendedClientTool || this == SuspendedAwaitingChildren || this == SuspendedStepPartial;

    /// <summary>Whether nothing of the run executes or will execute without a new run.</summary>
    [JsonIgnore]
    public bool IsEnded => this != Running && this != Queued;

    /// <summary>The session's status that goes with it (kernel, section 6).</summary>
    [JsonIgnore]
    public SessionStatus SessionStatus =>
        this == Interrupted ? SessionStatus.Interrupted
        : this == Completed ? SessionStatus.Completed
        : this == Failed ? SessionStatus.Failed
        : SessionStatus.Active;

    /// <inheritdoc />
    public static RunStatus FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
