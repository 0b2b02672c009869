using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>What created a run.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<RunTrigger>))]
public readonly record struct RunTrigger(string Value) : IOpenName<RunTrigger>
{
    /// <summary>A new turn.</summary>
    public static readonly RunTrigger Execute = new("execute");

    /// <summary>The same turn goes on.</summary>
    public static readonly RunTrigger Resume = new("resume");

    /// <summary>A failed or interrupted run is tried again.</summary>
    public static readonly RunTrigger Retry = new("retry");

    /// <summary>A new session began at another one's checkpoint.</summary>
    public static readonly RunTrigger Fork = new("fork");

    /// <inheritdoc />
    public static RunTrigger FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
