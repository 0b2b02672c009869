namespace Everturn.Agents;

/// <summary>A run whose output has a type.</summary>
/// <typeparam name="TOutput">The output.</typeparam>
public abstract class AgentHandle<TOutput> : AgentHandle
{
    /// <summary>Waits until the run ended, and gives its outcome; a failed run is an outcome, not an exception.</summary>
    /// <param name="cancellationToken">Stops waiting, not the run.</param>
    public abstract Task<AgentResult<TOutput>> ResultAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins the session's next turn. The run must have ended.</summary>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="AgentAlreadyRunningException">A run of the session is still running.</exception>
    public abstract Task<AgentHandle<TOutput>> SendAsync(
        AgentInput input,
        CancellationToken cancellationToken = default
    );
}
