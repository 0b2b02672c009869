using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>A stored schedule; see <see cref="IAgentSchedules"/>.</summary>
public sealed record AgentSchedule
{
    /// <summary>Its id, 9 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The method that is called.</summary>
    public required string Callback { get; init; }

    /// <summary>What it is called with; null if nothing was given.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>What kind of schedule it is.</summary>
    public required ScheduleType Type { get; init; }

    /// <summary>When it is due next, UTC, in whole milliseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The delay of a delayed one.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The expression of a cron schedule.</summary>
    public string? Cron { get; init; }

    /// <summary>The distance of an interval.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Its own retries; null for the agent's.</summary>
    public AgentRetryOptions? Retry { get; init; }
}
