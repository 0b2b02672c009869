namespace Everturn.Diagnostics;

/// <summary>When a host counts as degraded.</summary>
public sealed class EverturnHealthOptions
{
    /// <summary>So many entries that wait in the outbox are too many, 1 to 10,000. Default 1,000.</summary>
    public int OutboxBacklog { get; set; } = 1_000;
}
