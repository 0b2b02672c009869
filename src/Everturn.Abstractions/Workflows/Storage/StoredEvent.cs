using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>An event that no wait has received yet.</summary>
/// <param name="Sequence">Its number within the instance, from 1, never reused.</param>
/// <param name="Type">Its type.</param>
/// <param name="Payload">What the sender passed.</param>
/// <param name="SentAt">When it was stored: UTC, to the millisecond.</param>
public sealed record StoredEvent(long Sequence, string Type, Payload Payload, DateTimeOffset SentAt);
