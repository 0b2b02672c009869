using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>An event to store.</summary>
/// <param name="Key">The instance it is for.</param>
/// <param name="Type">Its type, already checked.</param>
/// <param name="Payload">What the sender passed.</param>
/// <param name="SentAt">Now: UTC, to the millisecond.</param>
public sealed record NewEvent(InstanceKey Key, string Type, Payload Payload, DateTimeOffset SentAt);
