using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>Status of a session. An open set: values written by a newer version round-trip.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<SessionStatus>))]
public readonly record struct SessionStatus(string Value) : IOpenName<SessionStatus>
{
    /// <summary>A run is running or suspended.</summary>
    public static readonly SessionStatus Active = new("active");

    /// <summary>The last run was interrupted and can be resumed.</summary>
    public static readonly SessionStatus Interrupted = new("interrupted");

    /// <summary>The last run completed.</summary>
    public static readonly SessionStatus Completed = new("completed");

    /// <summary>The last run failed or was aborted.</summary>
    public static readonly SessionStatus Failed = new("failed");

    /// <inheritdoc />
    public static SessionStatus FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
