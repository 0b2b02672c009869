using System.Text.Json.Serialization;

namespace Everturn.Sessions;

/// <summary>Who speaks in a message.</summary>
/// <param name="Value">The name on the wire.</param>
[JsonConverter(typeof(OpenNameConverter<MessageRole>))]
public readonly record struct MessageRole(string Value) : IOpenName<MessageRole>
{
    /// <summary>The person or program that uses the agent.</summary>
    public static readonly MessageRole User = new("user");

    /// <summary>The model.</summary>
    public static readonly MessageRole Assistant = new("assistant");

    /// <summary>A tool's result.</summary>
    public static readonly MessageRole Tool = new("tool");

    /// <summary>Instructions inside the transcript.</summary>
    public static readonly MessageRole System = new("system");

    /// <inheritdoc />
    public static MessageRole FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
