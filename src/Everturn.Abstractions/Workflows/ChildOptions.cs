namespace Everturn.Workflows;

/// <summary>How a child instance is started and awaited.</summary>
public sealed record ChildOptions
{
    /// <summary>Its id; null for one that is made from the parent's id and the step.</summary>
    public string? Id { get; init; }

    /// <summary>How long it is kept when it has ended; null for what its workflow says.</summary>
    public InstanceRetention? Retention { get; init; }

    /// <summary>How long its end is awaited, 1 second to 365 days; the child goes on when that is over. Null, the default, for ever.</summary>
    public TimeSpan? Timeout { get; init; }
}
