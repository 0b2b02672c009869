namespace Everturn.Workflows.Storage;

/// <summary>Asks for an instance to run again.</summary>
/// <param name="Key">The instance.</param>
/// <param name="At">Now: UTC, to the millisecond.</param>
public sealed record InstanceRestart(InstanceKey Key, DateTimeOffset At)
{
    /// <summary>The first step to forget; null forgets everything, events that no wait has received included.</summary>
    public JournalKey? From { get; init; }
}
