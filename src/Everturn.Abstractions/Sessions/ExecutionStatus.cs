using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>What <c>/status</c> reports (Helix Agents, <c>ExecutionState.status</c>).</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<ExecutionStatus>))]
public readonly record struct ExecutionStatus(string Value) : IOpenName<ExecutionStatus>
{
    /// <summary>The session has no run yet.</summary>
    public static readonly ExecutionStatus Idle = new("idle");

    /// <summary>A run is running.</summary>
    public static readonly ExecutionStatus Running = new("running");

    /// <summary>A run is suspended at a human or child boundary.</summary>
    public static readonly ExecutionStatus Paused = new("paused");

    /// <summary>The last run was interrupted.</summary>
    public static readonly ExecutionStatus Interrupted = new("interrupted");

    /// <summary>The last run completed.</summary>
    public static readonly ExecutionStatus Completed = new("completed");

    /// <summary>The last run failed or was aborted.</summary>
    public static readonly ExecutionStatus Failed = new("failed");

    /// <summary>The status that goes with a run's, or <see cref="Idle"/> without a run (kernel, section 6).</summary>
    /// <param name="run">Status of the session's current run.</param>
    public static ExecutionStatus Of(RunStatus? run) =>
        run is not { } status ? Idle
        : status == RunStatus.Running ? Running
        : status == RunStatus.Interrupted ? Interrupted
        : status == RunStatus.Completed ? Completed
        : status == RunStatus.Failed ? Failed
        : Paused;

    /// <inheritdoc />
    public static ExecutionStatus FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
