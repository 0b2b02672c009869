using System.Text.Json;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Agents;

/// <summary>Begins, finds and commands runs. What is asked for becomes true in one commit, or not at all.</summary>
internal sealed class AgentExecutor(
    ISessionStore store,
    SessionStreams streams,
    RunStarter starter,
    RunContinuer continuer,
    RunControl control
) : IAgentExecutor
{
    public async Task<AgentHandle<TOutput>> ExecuteAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(agent);
        var started = await starter
            .StartAsync(agent.Name, agent, input, options ?? new(), cancellationToken)
            .ConfigureAwait(false);
        return Handle(agent, started);
    }

    public async Task<AgentHandle> ExecuteAsync(
        string agentType,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Identifiers.CheckAgentName(agentType, nameof(agentType));
        var started = await starter
            .StartAsync(agentType, null, input, options ?? new(), cancellationToken)
            .ConfigureAwait(false);
        return Handle<JsonElement>(null, started);
    }

    public async Task<AgentHandle<TOutput>?> GetHandleAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        string sessionId,
        string tenant = "",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(agent);
        Identifiers.CheckSessionId(sessionId, nameof(sessionId));
        var run = await store.GetCurrentRunAsync(new(tenant, sessionId), cancellationToken).ConfigureAwait(false);
        return run is null ? null
            : run.AgentType == agent.Name ? Handle(agent, (run, false))
            : throw new AgentMismatchException(sessionId, agent.Name, run.AgentType);
    }

    public async Task<AgentHandle?> GetHandleAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        var run = await store.GetCurrentRunAsync(key, cancellationToken).ConfigureAwait(false);
        return run is null ? null : Handle<JsonElement>(null, (run, false));
    }

    public async Task<AgentHandle?> GetHandleAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    )
    {
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        ArgumentNullException.ThrowIfNull(runId);
        var run = await store.GetRunAsync(key, runId, cancellationToken).ConfigureAwait(false);
        return run is null ? null : Handle<JsonElement>(null, (run, false));
    }

    public async Task<AgentHandle<TOutput>> ResumeAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(agent);
        return Handle(
            agent,
            await continuer
                .ContinueAsync(key, agent, Continuation.Of(options ?? new()), cancellationToken)
                .ConfigureAwait(false)
        );
    }

    public async Task<AgentHandle> ResumeAsync(
        SessionKey key,
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Handle<JsonElement>(
            null,
            await continuer
                .ContinueAsync(key, null, Continuation.Of(options ?? new()), cancellationToken)
                .ConfigureAwait(false)
        );

    public async Task<AgentHandle<TOutput>> RetryAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(agent);
        return Handle(
            agent,
            await continuer
                .ContinueAsync(key, agent, Continuation.Of(options ?? new()), cancellationToken)
                .ConfigureAwait(false)
        );
    }

    public async Task<AgentHandle> RetryAsync(
        SessionKey key,
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Handle<JsonElement>(
            null,
            await continuer
                .ContinueAsync(key, null, Continuation.Of(options ?? new()), cancellationToken)
                .ConfigureAwait(false)
        );

    public Task<RunRecord?> InterruptAsync(
        SessionKey key,
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    ) => StopAsync(key, RunControl.KindOf(mode), reason, cancellationToken);

    public Task<RunRecord?> AbortAsync(
        SessionKey key,
        string? reason = null,
        CancellationToken cancellationToken = default
    ) => StopAsync(key, CommandKind.Abort, reason, cancellationToken);

    public async Task<ResumeCheck> CanResumeAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        return await control.CanResumeAsync(key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunRecord?> StopAsync(
        SessionKey key,
        CommandKind kind,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        var session =
            await store.GetSessionAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(key.SessionId);
        return session.CurrentRunId is { } runId
            ? await control.StopAsync(key, runId, kind, reason, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private RunHandle<TOutput> Handle<TOutput>(
        AgentDefinition<TOutput>? agent,
        (RunRecord Run, bool IsReplay) started
    ) => new(this, control, agent, started.Run, started.IsReplay, store, streams);
}
