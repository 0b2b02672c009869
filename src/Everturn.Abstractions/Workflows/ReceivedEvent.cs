namespace Everturn.Workflows;

/// <summary>An event that a wait received (Cloudflare Workflows, <c>WorkflowStepEvent</c>).</summary>
/// <param name="Payload">What the sender passed.</param>
/// <param name="Timestamp">When the event was stored, UTC, to the millisecond.</param>
/// <param name="Type">The event's type.</param>
/// <typeparam name="T">The type of the payload.</typeparam>
public sealed record ReceivedEvent<T>(T Payload, DateTimeOffset Timestamp, string Type);
