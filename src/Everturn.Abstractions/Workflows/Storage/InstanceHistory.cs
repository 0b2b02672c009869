namespace Everturn.Workflows.Storage;

/// <summary>An instance with all that is remembered of it, read in one snapshot.</summary>
/// <param name="Record">The instance.</param>
/// <param name="Journal">Its steps, in no particular order.</param>
/// <param name="Events">The events that no wait has received yet, by number.</param>
public sealed record InstanceHistory(
    InstanceRecord Record,
    IReadOnlyList<JournalRecord> Journal,
    IReadOnlyList<StoredEvent> Events
);
