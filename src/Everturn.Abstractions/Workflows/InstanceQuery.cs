namespace Everturn.Workflows;

/// <summary>Which instances to list, the newest first.</summary>
public sealed record InstanceQuery
{
    /// <summary>The largest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>Whose instances; empty is the default tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Only of this workflow; null for all.</summary>
    public string? Workflow { get; init; }

    /// <summary>Only with this status; null for all.</summary>
    public InstanceStatus? Status { get; init; }

    /// <summary>Only with an id that begins with this, by ordinal comparison; null for all.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>Only those created at this time or later; null for all.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only those created before this time; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>1 to 1,000. Default 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Goes on behind the page that returned it; null starts at the newest.</summary>
    public InstanceCursor? After { get; init; }
}
