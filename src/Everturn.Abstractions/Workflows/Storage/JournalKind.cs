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

    /// <inheritdoc/>
    public override string ToString() => Value;
}
