namespace Everturn.StatefulAgents;

/// <summary>Which schedules to list; what is null does not matter.</summary>
public sealed record ScheduleQuery
{
    /// <summary>The one with this id.</summary>
    public string? Id { get; init; }

    /// <summary>Those of this type.</summary>
    public ScheduleType? Type { get; init; }

    /// <summary>Those due at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those due at this time or earlier.</summary>
    public DateTimeOffset? Until { get; init; }
}
