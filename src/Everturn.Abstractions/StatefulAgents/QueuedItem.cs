using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>A call that waits in the queue; see <see cref="IAgentQueue"/>.</summary>
public sealed record QueuedItem
{
    /// <summary>Its id, 9 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The method that is called.</summary>
    public required string Callback { get; init; }

    /// <summary>What it is called with; null if nothing was given.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>When it was queued, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its own retries; null for the agent's.</summary>
    public AgentRetryOptions? Retry { get; init; }
}
