namespace Everturn.Workflows;

/// <summary>Which part of an instance's log to follow (Cloudflare Workflows, <c>subscribe</c>).</summary>
public sealed record SubscribeOptions
{
    /// <summary>The number of the last event that was seen; 0 begins at the first. Not negative. Default 0.</summary>
    public long Cursor { get; init; }

    /// <summary>Only events of these types; null for all. The log ends after a terminal event, also if it is left out.</summary>
    public IReadOnlyCollection<InstanceLogEventType>? Types { get; init; }
}
