using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>Which call made a step. Open: a kind that this build does not know is kept as it is.</summary>
/// <param name="Value">The name as it is stored and sent.</param>
[JsonConverter(typeof(OpenNameConverter<StepKind>))]
public readonly record struct StepKind(string Value) : IOpenName<StepKind>
{
    /// <summary>A step with a callback.</summary>
    public static StepKind Do { get; } = new("do");

    /// <summary>A sleep, by duration or until a time.</summary>
    public static StepKind Sleep { get; } = new("sleep");

    /// <summary>A wait for an event.</summary>
    public static StepKind WaitForEvent { get; } = new("waitForEvent");

    /// <summary>The start of a child instance.</summary>
    public static StepKind Child { get; } = new("child");

    /// <summary>The wait for a child instance's end.</summary>
    public static StepKind ChildEnd { get; } = new("childEnd");

    /// <summary>A wait for a person's decision.</summary>
    public static StepKind Approval { get; } = new("approval");

    /// <summary>A wait for what a client executes.</summary>
    public static StepKind ClientTool { get; } = new("clientTool");

    /// <summary>A patch marker.</summary>
    public static StepKind Patch { get; } = new("patch");

    /// <summary>The rollback of a step with a callback; it has that step's name and count.</summary>
    public static StepKind Rollback { get; } = new("rollback");

    /// <inheritdoc/>
    public static StepKind FromName(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
