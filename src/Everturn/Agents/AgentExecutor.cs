using System.Text.Json;
using Everturn.Runtimes;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;
using Everturn.Streaming;

namespace Everturn.Agents;

/// <summary>Begins runs: checks what was asked, writes the one commit that makes it true, and hands over to the runtime.</summary>
internal sealed class AgentExecutor(
    AgentRegistry agents,
    AgentRuntimeSelector runtimes,
    ISessionStore store,
    SessionStreams streams,
    IServiceProvider services,
    TimeProvider time
) : IAgentExecutor
{
    private static readonly SessionStatus[] Startable =
    [
        SessionStatus.Completed,
        SessionStatus.Failed,
        SessionStatus.Interrupted,
    ];

    public async Task<AgentHandle<TOutput>> ExecuteAsync<TOutput>(
        AgentDefinition<TOutput> agent,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(agent);
        var (run, isReplay) = await StartAsync(agent.Name, agent, input, options ?? new(), cancellationToken)
            .ConfigureAwait(false);
        return new RunHandle<TOutput>(this, agent, run, isReplay, store, streams, time);
    }

    public async Task<AgentHandle> ExecuteAsync(
        string agentType,
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Identifiers.CheckAgentName(agentType, nameof(agentType));
        var (run, isReplay) = await StartAsync(agentType, null, input, options ?? new(), cancellationToken)
            .ConfigureAwait(false);
        return new RunHandle<JsonElement>(this, null, run, isReplay, store, streams, time);
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
            : run.AgentType == agent.Name
                ? new RunHandle<TOutput>(this, agent, run, isReplay: false, store, streams, time)
            : throw new AgentMismatchException(sessionId, agent.Name, run.AgentType);
    }

    public async Task<AgentHandle?> GetHandleAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        Identifiers.CheckSessionId(key.SessionId, nameof(key));
        var run = await store.GetCurrentRunAsync(key, cancellationToken).ConfigureAwait(false);
        return run is null ? null : new RunHandle<JsonElement>(this, null, run, isReplay: false, store, streams, time);
    }

    private async Task<(RunRecord Run, bool IsReplay)> StartAsync(
        string agentType,
        AgentDefinition? given,
        AgentInput input,
        ExecuteOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        RunInput.Check(input, options);
        var key = new SessionKey(options.Tenant, options.SessionId ?? ServerId.New(time));
        var runId = ServerId.New(time);
        var agent = await ResolveAsync(agentType, given, key, runId, options, cancellationToken).ConfigureAwait(false);
        RunInput.CheckState(agent, input);
        var runtime = runtimes.For(agentType);
        var owner = runtime.Owner;
        while (true)
        {
            var begun = new NewRun
            {
                RunId = runId,
                Trigger = RunTrigger.Execute,
                RequestId = options.RequestId,
                BodyHash = options.RequestId is null ? null : RunInput.Hash(agent, input, options),
                DefinitionVersion = agent.Version,
                Runtime = runtime.Name,
                Server = options.Server,
                Owner = owner,
                WorkflowName = runtime.WorkflowNameOf(agentType),
                TraceParent = System.Diagnostics.Activity.Current?.Id,
            };
            var commit = await CommitAsync(agent, key, begun, input, options, cancellationToken).ConfigureAwait(false);
            SessionCommitResult result;
            try
            {
                result = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            }
            catch (OwnershipLostException) when (owner is not null)
            {
                // This host was silent for so long that it counts as dead, and is not back yet: any host may take the run.
                owner = null;
                continue;
            }

            switch (result.Outcome)
            {
                case SessionCommitOutcome.Applied:
                    runtime.Started(agent, commit, result);
                    return (result.Run!, false);
                case SessionCommitOutcome.RequestReplayed:
                    return (result.Run!, true);
                case SessionCommitOutcome.VersionConflict:
                    // The state that the input changes has moved on since it was read.
                    continue;
                default:
                    throw Refusal(agent, commit, options, result);
            }
        }
    }

    // Definitions are what they are; a factory is asked for this run, and what was handed in counts for its output's type.
    private async ValueTask<AgentDefinition> ResolveAsync(
        string agentType,
        AgentDefinition? given,
        SessionKey key,
        string runId,
        ExecuteOptions options,
        CancellationToken cancellationToken
    )
    {
        var known = agents.Get(agentType);
        if (known is null && agents.Has(agentType))
        {
            var userId =
                options.UserId ?? (await store.GetSessionAsync(key, cancellationToken).ConfigureAwait(false))?.UserId;
            var made = agents.Resolve(agentType, new(services, key.SessionId, runId, userId));
            return given is null || given.GetType() == made.GetType()
                ? made
                : throw new InvalidInputException(
                    "agent",
                    $"The factory of '{agentType}' makes one of another output."
                );
        }

        return known is not null && (given is null || ReferenceEquals(given, known))
            ? known
            : throw new AgentNotFoundException(agentType, agents.GetRegisteredTypes());
    }

    private async ValueTask<SessionCommit> CommitAsync(
        AgentDefinition agent,
        SessionKey key,
        NewRun run,
        AgentInput input,
        ExecuteOptions options,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var (state, version) = input.State is { } change
            ? await MergeStateAsync(agent, key, change, cancellationToken).ConfigureAwait(false)
            : default;
        return new()
        {
            Session = key,
            Kind = CommitKind.RunStart,
            At = now,
            ExpectedStatuses = Startable,
            ExpectedVersion = version,
            ExpectedUserId = options.ExpectedUserId,
            State = state,
            Messages = RunInput.Messages(input, run.RunId, now),
            NewSession = new()
            {
                AgentType = agent.Name,
                Title = options.Title ?? RunInput.Title(input),
                UserId = options.UserId,
                Tags = options.Tags,
                Metadata = options.Metadata,
                ExpiresAt = agent.SessionLifetime is { } lifetime ? now + lifetime : null,
            },
            NewRun = run,
        };
    }

    // Properties of the input replace those of the stored state, and the version makes sure that it still is the state.
    private async ValueTask<(ReadOnlyMemory<byte>? State, long? Version)> MergeStateAsync(
        AgentDefinition agent,
        SessionKey key,
        JsonElement change,
        CancellationToken cancellationToken
    )
    {
        var snapshot = await store.GetSnapshotAsync(key, 0, cancellationToken).ConfigureAwait(false);
        var state = JsonBytes.Parse(snapshot?.State ?? default);
        if (state.ValueKind == JsonValueKind.Undefined)
        {
            state = agent.State!.Initial();
        }

        return (JsonBytes.Write(RunInput.Merge(agent.State!, state, change)), snapshot?.Session.Version);
    }

    private static EverturnException Refusal(
        AgentDefinition agent,
        SessionCommit commit,
        ExecuteOptions options,
        SessionCommitResult result
    )
    {
        var sessionId = commit.Session.SessionId;
        return result.Outcome switch
        {
            SessionCommitOutcome.AgentMismatch => new AgentMismatchException(
                sessionId,
                agent.Name,
                result.Session!.AgentType
            ),
            SessionCommitOutcome.RequestMismatch => new RequestConflictException(options.RequestId!),
            SessionCommitOutcome.UserMismatch => new SessionNotFoundException(sessionId),
            SessionCommitOutcome.SessionDeleted => new SessionDeletedException(sessionId),
            _ => new AgentAlreadyRunningException(
                sessionId,
                result.Session?.CurrentRunId,
                result.Run?.Status.Value ?? result.Session?.Status.Value ?? "unknown"
            ),
        };
    }
}
