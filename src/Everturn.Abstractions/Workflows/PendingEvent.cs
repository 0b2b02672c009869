namespace Everturn.Workflows;

/// <summary>An event that no wait has received yet.</summary>
/// <param name="Sequence">Its number within the instance, from 1.</param>
/// <param name="Type">Its type.</param>
/// <param name="SentAt">When it was stored, UTC.</param>
public sealed record PendingEvent(long Sequence, string Type, DateTimeOffset SentAt);
