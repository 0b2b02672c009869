namespace Everturn.StatefulAgents;

/// <summary>In whose turn the code runs (Cloudflare Agents, <c>getCurrentAgent</c>). It flows with the call.</summary>
/// <param name="Agent">The object.</param>
/// <param name="Connection">The client's connection; null in requests, schedules, the queue and calls from other code.</param>
/// <param name="Request">The request that is answered, or that opened the connection; null without one.</param>
public sealed record CurrentAgent(StatefulAgent Agent, Connection? Connection, AgentRequest? Request)
{
    private static readonly AsyncLocal<CurrentAgent?> Flowing = new();

    /// <summary>The host's side of it.</summary>
    internal object? Turn { get; init; }

    /// <summary>The context of the code that asks; null outside of every object.</summary>
    public static CurrentAgent? Context
    {
        get => Flowing.Value;
        internal set => Flowing.Value = value;
    }
}
