using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.Streaming;

/// <summary>Status of a session's stream.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<StreamStatus>))]
public readonly record struct StreamStatus(string Value) : IOpenName<StreamStatus>
{
    /// <summary>Chunks are still expected.</summary>
    public static readonly StreamStatus Active = new("active");

    /// <summary>The run is suspended or interrupted; the stream goes on when it is resumed.</summary>
    public static readonly StreamStatus Paused = new("paused");

    /// <summary>The run completed.</summary>
    public static readonly StreamStatus Ended = new("ended");

    /// <summary>The run failed.</summary>
    public static readonly StreamStatus Failed = new("failed");

    /// <summary>The status that goes with a run's (kernel, section 6).</summary>
    /// <param name="run">Status of the session's current run.</param>
    public static StreamStatus Of(RunStatus run) =>
        run == RunStatus.Running ? Active
        : run == RunStatus.Completed ? Ended
        : run == RunStatus.Failed ? Failed
        : Paused;

    /// <inheritdoc />
    public static StreamStatus FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
