using System.Text.Json.Serialization;

namespace Everturn.AspNetCore;

/// <summary>What somebody wants to do with a resource. An open set: an authorizer refuses what it does not know.</summary>
/// <param name="Value">The name, as it stands in policies and logs.</param>
[JsonConverter(typeof(OpenNameConverter<EverturnAction>))]
public readonly record struct EverturnAction(string Value) : IOpenName<EverturnAction>
{
    /// <summary>See it: record, status, messages, stream, runs, checkpoints, usage; find it in lists.</summary>
    public static readonly EverturnAction Read = new("read");

    /// <summary>Begin it, or its next turn.</summary>
    public static readonly EverturnAction Start = new("start");

    /// <summary>Steer what is under way: interrupt, abort, resume, retry, answer a tool call, send an event.</summary>
    public static readonly EverturnAction Control = new("control");

    /// <summary>Change its labels: title, tags, metadata.</summary>
    public static readonly EverturnAction Update = new("update");

    /// <summary>Delete it with all it holds.</summary>
    public static readonly EverturnAction Delete = new("delete");

    /// <summary>Decide on a call that waits for a person.</summary>
    public static readonly EverturnAction Approve = new("approve");

    /// <summary>Run the system: what concerns everybody's resources, such as giving one to another user.</summary>
    public static readonly EverturnAction Operate = new("operate");

    /// <inheritdoc />
    public static EverturnAction FromName(string name) => new(name);

    /// <inheritdoc />
    public override string ToString() => Value;
}
