namespace Everturn.Workflows.Storage;

/// <summary>What a journal record is about. Open: a kind that this build does not know is kept as it is.</summary>
/// <param name="Value">The name as it is stored.</param>
public readonly record struct JournalKind(string Value)
{
    /// <summary>A step with a callback.</summary>
    public static JournalKind Do { get; } = new("do");

    /// <summary>A sleep, by duration or until a time.</summary>
    public static JournalKind Sleep { get; } = new("sleep");

    /// <summary>A wait for an event.</summary>
    public static JournalKind WaitForEvent { get; } = new("waitForEvent");

    /// <summary>The start of a child instance; its value is the child's id.</summary>
    public static JournalKind Child { get; } = new("child");

    /// <summary>The wait for a child instance's end.</summary>
    public static JournalKind ChildEnd { get; } = new("childEnd");

    /// <summary>A wait for a person's decision.</summary>
    public static JournalKind Approval { get; } = new("approval");

    /// <summary>A wait for what a client executes.</summary>
    public static JournalKind ClientTool { get; } = new("clientTool");

    /// <summary>A patch marker that was passed the new way.</summary>
    public static JournalKind Patch { get; } = new("patch");

    /// <summary>
    /// The rollback of a step with a callback, with that step's name and ordinal; with an empty name and ordinal 0, the
    /// rollback as a whole: its error is what set it off.
    /// </summary>
    public static JournalKind Rollback { get; } = new("rollback");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
