using System.Text.Json.Serialization;

namespace Everturn.AspNetCore;

/// <summary>What sort of thing a resource is. An open set, as that of <see cref="EverturnAction"/>.</summary>
/// <param name="Value">The name.</param>
[JsonConverter(typeof(OpenNameConverter<EverturnResourceKind>))]
public readonly record struct EverturnResourceKind(string Value) : IOpenName<EverturnResourceKind>
{
    /// <summary>A session; its type is the agent.</summary>
    public static readonly EverturnResourceKind Session = new("session");

    /// <summary>An instance of a workflow; its type is the workflow's name.</summary>
    public static readonly EverturnResourceKind Workflow = new("workflow");

    /// <summary>A stateful agent; its type is the class.</summary>
    public static readonly EverturnResourceKind StatefulAgent = new("stateful-agent");

    /// <inheritdoc />
    public static EverturnResourceKind FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
