using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>Where a tool call is.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<ToolCallStatus>))]
public readonly record struct ToolCallStatus(string Value) : IOpenName<ToolCallStatus>
{
    /// <summary>Asked for by the model; no outcome is known.</summary>
    public static readonly ToolCallStatus Pending = new("pending");

    /// <summary>It waits for somebody outside: the client that executes it, or a person who decides.</summary>
    public static readonly ToolCallStatus Waiting = new("waiting");

    /// <summary>The intent to run it is recorded; no outcome is known.</summary>
    public static readonly ToolCallStatus Started = new("started");

    /// <summary>It returned a result.</summary>
    public static readonly ToolCallStatus Succeeded = new("succeeded");

    /// <summary>It failed; the model is told.</summary>
    public static readonly ToolCallStatus Failed = new("failed");

    /// <summary>A person refused it.</summary>
    public static readonly ToolCallStatus Denied = new("denied");

    /// <summary>The run was interrupted before it had an outcome.</summary>
    public static readonly ToolCallStatus Interrupted = new("interrupted");

    /// <summary>Nobody knows whether its effect happened, and it may not be repeated.</summary>
    public static readonly ToolCallStatus Unknown = new("unknown");

    /// <summary>Whether the call has its one result.</summary>
    [JsonIgnore]
    public bool HasOutcome => this == Succeeded || this == Failed || this == Denied || this == Interrupted;

    /// <summary>Whether somebody outside has to say how it goes on.</summary>
    [JsonIgnore]
    public bool IsHeld => this == Waiting || this == Unknown;

    /// <inheritdoc />
    public static ToolCallStatus FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
