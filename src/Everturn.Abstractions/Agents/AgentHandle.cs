using System.Text.Json;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Agents;

/// <summary>
/// A run to follow and to command. It holds nothing open: dropping it cancels nothing, and another can be had at any
/// time with <see cref="IAgentExecutor.GetHandleAsync(SessionKey, CancellationToken)"/>.
/// </summary>
public abstract class AgentHandle
{
    /// <summary>The session.</summary>
    public abstract SessionKey Session { get; }

    /// <summary>The session's id.</summary>
    public string SessionId => Session.SessionId;

    /// <summary>The stream's id: streams belong to sessions.</summary>
    public string StreamId => Session.SessionId;

    /// <summary>The run.</summary>
    public abstract string RunId { get; }

    /// <summary>The run's record when the handle was made.</summary>
    public abstract RunRecord Run { get; }

    /// <summary>True where the request id had begun this run before.</summary>
    public abstract bool IsReplay { get; }

    /// <summary>
    /// The run's chunks as they become durable, to its end. Breaking off cancels nothing; enumerate again from the last
    /// number to go on.
    /// </summary>
    /// <param name="afterSequence">The last number already seen; null to begin with this run's first chunk.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public abstract IAsyncEnumerable<StreamChunk> StreamAsync(
        long? afterSequence = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Waits until the run ended, and gives its outcome; a failed run is an outcome, not an exception.</summary>
    /// <param name="cancellationToken">Stops waiting, not the run.</param>
    public abstract Task<AgentResult> WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks the run to stop softly. Durable and idempotent; on an ended run it does nothing.</summary>
    /// <param name="reason">Why, in the caller's words.</param>
    /// <param name="mode">At once, or when the current step is complete.</param>
    /// <param name="cancellationToken">Cancels the request before it is accepted.</param>
    /// <returns>The run's status when the request was accepted.</returns>
    public abstract Task<RunStatus> InterruptAsync(
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    );

    /// <summary>The session's custom state, JSON; undefined where the agent has none.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<JsonElement> GetStateAsync(CancellationToken cancellationToken = default);
}
