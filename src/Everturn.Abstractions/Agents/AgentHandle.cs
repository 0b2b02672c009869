using System.Text.Json;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Usage;

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

    /// <summary>
    /// Asks the run to stop softly: it can be resumed. Durable and idempotent. A run that is suspended is interrupted at
    /// once, and on a run that has ended otherwise it does nothing.
    /// </summary>
    /// <param name="reason">Why, in the caller's words.</param>
    /// <param name="mode">At once, or when the current step is complete.</param>
    /// <param name="cancellationToken">Cancels the request before it is accepted.</param>
    /// <returns>The run's status when the request was accepted: <c>running</c> until its owner obeyed.</returns>
    public abstract Task<RunStatus> InterruptAsync(
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Stops the run for good: it fails with reason <c>aborted</c> and cannot be resumed or retried. Durable and
    /// idempotent. A run that is suspended or interrupted is aborted at once, and on one that completed or failed it does
    /// nothing.
    /// </summary>
    /// <param name="reason">Why, in the caller's words.</param>
    /// <param name="cancellationToken">Cancels the request before it is accepted.</param>
    /// <returns>The run's status when the request was accepted: <c>running</c> until its owner obeyed.</returns>
    public abstract Task<RunStatus> AbortAsync(string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Begins the session's next turn. The run must have ended.</summary>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="options">Request id and labels; session and tenant are the handle's.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="AgentAlreadyRunningException">A run of the session is running or suspended.</exception>
    public Task<AgentHandle> SendAsync(
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    ) => SendCoreAsync(input, options, cancellationToken);

    /// <summary>Whether the session can be resumed now, and if not, why.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<ResumeCheck> CanResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes the session up again, in a new run.</summary>
    /// <param name="options">How; null to go on where it stopped.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="CannotResumeException">The session's status does not allow it.</exception>
    /// <exception cref="CheckpointNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="InvalidInputException">The options are not acceptable.</exception>
    /// <exception cref="RequestConflictException">The request id was used with another body.</exception>
    public Task<AgentHandle> ResumeAsync(
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) => ResumeCoreAsync(options, cancellationToken);

    /// <summary>Tries a failed or interrupted run again, in a new run.</summary>
    /// <param name="options">From where; null for its last checkpoint.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="CannotResumeException">The session's status does not allow it.</exception>
    /// <exception cref="RequestConflictException">The request id was used with another body.</exception>
    public Task<AgentHandle> RetryAsync(
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) => RetryCoreAsync(options, cancellationToken);

    /// <summary>The session's custom state, JSON; undefined where the agent has none.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<JsonElement> GetStateAsync(CancellationToken cancellationToken = default);

    /// <summary>The session's runs, oldest first.</summary>
    /// <param name="page">Which page; null for the first.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<Page<RunRecord>> ListRunsAsync(
        PageRequest? page = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>The session's checkpoints, newest first.</summary>
    /// <param name="page">Which page; null for the first.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<Page<CheckpointRecord>> ListCheckpointsAsync(
        PageRequest? page = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>What the session has used so far, over all its runs.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<UsageRollup> GetUsageRollupAsync(CancellationToken cancellationToken = default);

    /// <summary>What this run used so far.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public abstract Task<UsageRollup> GetUsageAsync(CancellationToken cancellationToken = default);

    /// <summary>What <see cref="SendAsync"/> does.</summary>
    /// <param name="input">The input.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the acceptance.</param>
    protected abstract Task<AgentHandle> SendCoreAsync(
        AgentInput input,
        ExecuteOptions? options,
        CancellationToken cancellationToken
    );

    /// <summary>What <see cref="ResumeAsync"/> does.</summary>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the acceptance.</param>
    protected abstract Task<AgentHandle> ResumeCoreAsync(ResumeOptions? options, CancellationToken cancellationToken);

    /// <summary>What <see cref="RetryAsync"/> does.</summary>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the acceptance.</param>
    protected abstract Task<AgentHandle> RetryCoreAsync(RetryRunOptions? options, CancellationToken cancellationToken);
}
