namespace Everturn.StatefulAgents;

/// <summary>What a class of stateful agents can set for itself (Cloudflare Agents, static <c>options</c>).</summary>
public sealed record AgentOptions
{
    /// <summary>Whether a new connection is told which instance it reached. Default true.</summary>
    public bool SendIdentityOnConnect { get; init; } = true;

    /// <summary>After so long a schedule's callback no longer holds up the others. Default 30 s; more than zero.</summary>
    public TimeSpan HungScheduleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>While the object is kept alive, how soon after a crash it is woken again. Default 30 s; more than zero.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a schedule or an item of the queue that was due before the host came up is started without coming to its
    /// end. Then it is removed, and the error hook gets a <see cref="CallbackGivenUpException"/>: a callback that ends the
    /// process must not end it for ever. Default 5; at least 1.
    /// </summary>
    public int MaxStarts { get; init; } = 5;

    /// <summary>Retries where a call says nothing else. Default 3 attempts, 100 ms, at most 3 s.</summary>
    public AgentRetryOptions Retry { get; init; } = new();

    /// <summary><see cref="Retry"/> with every value set.</summary>
    internal AgentRetryOptions RetryDefaults =>
        Retry.Over(
            new()
            {
                MaxAttempts = 3,
                BaseDelay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(3),
            }
        );
}
