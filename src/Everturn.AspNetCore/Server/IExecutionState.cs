using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Server;

/// <summary>
/// A session as a hook or an endpoint finds it, and its controls (Helix Agents, <c>ExecutionState</c>). What it says is
/// of the moment it was made, and of the moment after each of its controls.
/// </summary>
public interface IExecutionState
{
    /// <summary>The session; null where it has no run yet.</summary>
    string? SessionId { get; }

    /// <summary>The session's current run, also one that ended; null where it has none yet.</summary>
    string? RunId { get; }

    /// <summary>Whether a run is running.</summary>
    bool IsExecuting { get; }

    /// <summary><c>idle</c>, <c>running</c>, <c>paused</c>, <c>interrupted</c>, <c>completed</c> or <c>failed</c>.</summary>
    ExecutionStatus Status { get; }

    /// <summary>The current run, to follow and to command; null where there is none.</summary>
    AgentHandle? GetHandle();

    /// <summary>The current run, with the type of its output; null where there is none.</summary>
    /// <typeparam name="TOutput">The agent's output.</typeparam>
    /// <param name="agent">The session's agent.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="AgentMismatchException">The session belongs to another agent.</exception>
    Task<AgentHandle<TOutput>?> GetHandleAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Stops the current run softly and waits until it has ended, for at most
    /// <see cref="AgentServerOptions.StopTimeout"/>. Does nothing where it has ended.
    /// </summary>
    /// <param name="reason">Why, in the caller's words; <c>superseded</c> where another run takes its place.</param>
    /// <param name="cancellationToken">Stops waiting. What was asked for is durable and takes effect all the same.</param>
    Task InterruptAsync(string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops the current run for good, so that it can be neither resumed nor retried, and waits until it has ended, for
    /// at most <see cref="AgentServerOptions.StopTimeout"/>. Does nothing where it completed or failed.
    /// </summary>
    /// <param name="reason">Why, in the caller's words.</param>
    /// <param name="cancellationToken">Stops waiting. What was asked for is durable and takes effect all the same.</param>
    Task AbortAsync(string? reason = null, CancellationToken cancellationToken = default);
}
