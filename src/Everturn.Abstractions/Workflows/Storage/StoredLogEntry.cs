namespace Everturn.Workflows.Storage;

/// <summary>An entry of an instance's log with its number.</summary>
/// <param name="Number">From 2, growing by one, also across restarts; 1 is the creation, which is not stored.</param>
/// <param name="Entry">The entry.</param>
public readonly record struct StoredLogEntry(long Number, LogEntry Entry);
