namespace Everturn.Workflows.Storage;

/// <summary>Where an instance comes from, and what its creation asked for beyond parameters. Stored as one value, null for the plain case.</summary>
public sealed record InstanceOrigin
{
    /// <summary>The firing of a schedule that created it.</summary>
    public ScheduleFiring? Schedule { get; init; }

    /// <summary>The instance whose child it is.</summary>
    public InstanceKey? Parent { get; init; }

    /// <summary>The type of event by which its parent is told of its end.</summary>
    public string? ParentEvent { get; init; }

    /// <summary>How long it is kept when it has ended.</summary>
    public InstanceRetention? Retention { get; init; }

    /// <summary>The trace that it belongs to: a W3C traceparent.</summary>
    public string? Trace { get; init; }
}
