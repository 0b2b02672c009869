using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>
/// Begins, finds and commands runs. The same calls work on every runtime, and in any process that shares the store.
/// </summary>
public interface IAgentExecutor
{
    /// <summary>
    /// Begins a run and returns once it is durable; the work goes on in the background. On a session whose last run
    /// ended it is the next turn: the transcript goes on, and so do the chunk numbers.
    /// </summary>
    /// <typeparam name="TOutput">The agent's output.</typeparam>
    /// <param name="agent">The agent; it must be registered.</param>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="options">Session, request id and labels.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="AgentAlreadyRunningException">
    /// The session has a run that is running or suspended, and <see cref="ExecuteOptions.DoubleTexting"/> says to refuse.
    /// </exception>
    /// <exception cref="AgentMismatchException">The session belongs to another agent.</exception>
    /// <exception cref="AgentNotFoundException">The agent is not registered.</exception>
    /// <exception cref="InvalidInputException">Input or options are not acceptable.</exception>
    /// <exception cref="RequestConflictException">The request id was used with another body.</exception>
    /// <exception cref="SessionDeletedException">The session was deleted.</exception>
    /// <exception cref="SessionNotFoundException">The session is not that of <see cref="ExecuteOptions.ExpectedUserId"/>.</exception>
    Task<AgentHandle<TOutput>> ExecuteAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>The same for an agent known by name only.</summary>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="options">Session, request id and labels.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    Task<AgentHandle> ExecuteAsync(
        string agentType,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>A handle on the session's current run; null if there is no such session or it has no run.</summary>
    /// <typeparam name="TOutput">The agent's output.</typeparam>
    /// <param name="agent">The agent.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="AgentMismatchException">The session belongs to another agent.</exception>
    Task<AgentHandle<TOutput>?> GetHandleAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        string sessionId,
        string tenant = "",
        CancellationToken cancellationToken = default
    );

    /// <summary>A handle on the session's current run, whatever its agent.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<AgentHandle?> GetHandleAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>A handle on any run of a session, also on one that waits; null if there is none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<AgentHandle?> GetHandleAsync(SessionKey key, string runId, CancellationToken cancellationToken = default);

    /// <summary>Takes a session up again, in a new run of the same turn.</summary>
    /// <typeparam name="TOutput">The agent's output.</typeparam>
    /// <param name="agent">The session's agent; it must be registered.</param>
    /// <param name="key">The session.</param>
    /// <param name="options">How; null to go on where it stopped.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="AgentMismatchException">The session belongs to another agent.</exception>
    /// <exception cref="AgentNotFoundException">The agent is not registered.</exception>
    /// <exception cref="CannotResumeException">The session's status does not allow it.</exception>
    /// <exception cref="CheckpointNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="InvalidInputException">The options are not acceptable.</exception>
    /// <exception cref="RequestConflictException">The request id was used with another body.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    Task<AgentHandle<TOutput>> ResumeAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>The same for a session whose agent is known by name only.</summary>
    /// <param name="key">The session.</param>
    /// <param name="options">How; null to go on where it stopped.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    Task<AgentHandle> ResumeAsync(
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Tries a failed or interrupted run again, in a new run of the same turn.</summary>
    /// <typeparam name="TOutput">The agent's output.</typeparam>
    /// <param name="agent">The session's agent; it must be registered.</param>
    /// <param name="key">The session.</param>
    /// <param name="options">From where; null for its last checkpoint.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="AgentMismatchException">The session belongs to another agent.</exception>
    /// <exception cref="AgentNotFoundException">The agent is not registered.</exception>
    /// <exception cref="CannotResumeException">The session's status does not allow it.</exception>
    /// <exception cref="RequestConflictException">The request id was used with another body.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    Task<AgentHandle<TOutput>> RetryAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>The same for a session whose agent is known by name only.</summary>
    /// <param name="key">The session.</param>
    /// <param name="options">From where; null for its last checkpoint.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    Task<AgentHandle> RetryAsync(
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Asks the session's current run to stop softly, see
    /// <see cref="AgentHandle.InterruptAsync(string?, InterruptMode, CancellationToken)"/>.
    /// </summary>
    /// <param name="key">The session.</param>
    /// <param name="reason">Why, in the caller's words.</param>
    /// <param name="mode">At once, or when the current step is complete.</param>
    /// <param name="cancellationToken">Cancels the request before it is accepted.</param>
    /// <returns>The run when the request was accepted, or as it ended before; null where the session has none.</returns>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    Task<RunRecord?> InterruptAsync(
        SessionKey key,
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Stops the session's current run for good, see <see cref="AgentHandle.AbortAsync(string?, CancellationToken)"/>.
    /// </summary>
    /// <param name="key">The session.</param>
    /// <param name="reason">Why, in the caller's words.</param>
    /// <param name="cancellationToken">Cancels the request before it is accepted.</param>
    /// <returns>The run when the request was accepted, or as it ended before; null where the session has none.</returns>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    Task<RunRecord?> AbortAsync(SessionKey key, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Whether a session can be resumed now, and if not, why.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    Task<ResumeCheck> CanResumeAsync(SessionKey key, CancellationToken cancellationToken = default);
}
