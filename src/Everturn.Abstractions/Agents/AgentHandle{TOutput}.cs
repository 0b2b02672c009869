namespace Everturn.Agents;

/// <summary>A run whose output has a type.</summary>
/// <typeparam name="TOutput">The output.</typeparam>
public abstract class AgentHandle<TOutput> : AgentHandle
{
    /// <summary>Waits until the run ended, and gives its outcome; a failed run is an outcome, not an exception.</summary>
    /// <param name="cancellationToken">Stops waiting, not the run.</param>
    public abstract Task<AgentResult<TOutput>> ResultAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="AgentHandle.SendAsync"/>
    public new abstract Task<AgentHandle<TOutput>> SendAsync(
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Begins the session's next turn. The run must have ended.</summary>
    /// <param name="input">The user's message, or more.</param>
    /// <param name="cancellationToken">Cancels the acceptance, never the run.</param>
    /// <exception cref="AgentAlreadyRunningException">A run of the session is running or suspended.</exception>
    public Task<AgentHandle<TOutput>> SendAsync(AgentInput input, CancellationToken cancellationToken) =>
        SendAsync(input, null, cancellationToken);

    /// <inheritdoc cref="AgentHandle.ResumeAsync"/>
    public new abstract Task<AgentHandle<TOutput>> ResumeAsync(
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc cref="AgentHandle.RetryAsync"/>
    public new abstract Task<AgentHandle<TOutput>> RetryAsync(
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc />
    protected sealed override async Task<AgentHandle> SendCoreAsync(
        AgentInput input,
        ExecuteOptions? options,
        CancellationToken cancellationToken
    ) => await SendAsync(input, options, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    protected sealed override async Task<AgentHandle> ResumeCoreAsync(
        ResumeOptions? options,
        CancellationToken cancellationToken
    ) => await ResumeAsync(options, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    protected sealed override async Task<AgentHandle> RetryCoreAsync(
        RetryRunOptions? options,
        CancellationToken cancellationToken
    ) => await RetryAsync(options, cancellationToken).ConfigureAwait(false);
}
