using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Begins and finds runs. The same calls work on every runtime.</summary>
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
    /// <exception cref="AgentAlreadyRunningException">The session has a run that is running or suspended.</exception>
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
}
