using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Agents;

/// <summary>A handle that reads the stores; the run may be anywhere.</summary>
/// <typeparam name="TOutput">The output; a JSON element where the agent is known by name only.</typeparam>
internal sealed class RunHandle<TOutput>(
    AgentExecutor executor,
    RunControl control,
    AgentDefinition<TOutput>? agent,
    RunRecord run,
    bool isReplay,
    ISessionStore store,
    SessionStreams streams
) : AgentHandle<TOutput>
{
    public override SessionKey Session => run.Session;

    public override string RunId => run.RunId;

    public override RunRecord Run => run;

    public override bool IsReplay => isReplay;

    public override IAsyncEnumerable<StreamChunk> StreamAsync(
        long? afterSequence = null,
        CancellationToken cancellationToken = default
    ) => streams.ReadRunAsync(run, afterSequence, cancellationToken);

    public override async Task<AgentResult> WaitAsync(CancellationToken cancellationToken = default) =>
        await ResultAsync(cancellationToken).ConfigureAwait(false);

    public override async Task<AgentResult<TOutput>> ResultAsync(CancellationToken cancellationToken = default)
    {
        var ended = await streams.WaitForRunEndAsync(Session, RunId, cancellationToken).ConfigureAwait(false);
        var output = JsonBytes.Parse(ended.Output ?? default);
        return new()
        {
            Status = ended.Status,
            Reason = ended.Reason,
            Error = ended.Error,
            OutputJson = output,
            Output = output.ValueKind == JsonValueKind.Undefined ? default : Read(output),
            Usage = await store.GetRollupAsync(Session, ended.RunId, cancellationToken).ConfigureAwait(false),
            Suspended = ended.Status.IsSuspended
                ? await store.GetSuspensionAsync(Session, ended.RunId, cancellationToken).ConfigureAwait(false)
                : null,
        };
    }

    public override async Task<AgentHandle<TOutput>> SendAsync(
        AgentInput input,
        ExecuteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var here = Here(options ?? new());
        return agent is not null
            ? await executor.ExecuteAsync(agent, input, here, cancellationToken).ConfigureAwait(false)
            : (AgentHandle<TOutput>)
                await executor.ExecuteAsync(run.AgentType, input, here, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<AgentHandle<TOutput>> ResumeAsync(
        ResumeOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        agent is not null
            ? await executor.ResumeAsync(agent, Session, options, cancellationToken).ConfigureAwait(false)
            : (AgentHandle<TOutput>)
                await executor.ResumeAsync(Session, options, cancellationToken).ConfigureAwait(false);

    public override async Task<AgentHandle<TOutput>> RetryAsync(
        RetryRunOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        agent is not null
            ? await executor.RetryAsync(agent, Session, options, cancellationToken).ConfigureAwait(false)
            : (AgentHandle<TOutput>)
                await executor.RetryAsync(Session, options, cancellationToken).ConfigureAwait(false);

    public override Task<RunStatus> InterruptAsync(
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    ) => StopAsync(RunControl.KindOf(mode), reason, cancellationToken);

    public override Task<RunStatus> AbortAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        StopAsync(CommandKind.Abort, reason, cancellationToken);

    public override async Task<ResumeCheck> CanResumeAsync(CancellationToken cancellationToken = default) =>
        await control.CanResumeAsync(Session, cancellationToken).ConfigureAwait(false);

    public override async Task<JsonElement> GetStateAsync(CancellationToken cancellationToken = default)
    {
        var snapshot =
            await store.GetSnapshotAsync(Session, 0, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(SessionId);
        return JsonBytes.Parse(snapshot.State);
    }

    public override async Task<Page<RunRecord>> ListRunsAsync(
        PageRequest? page = null,
        CancellationToken cancellationToken = default
    ) => await store.ListRunsAsync(Session, page ?? new(), cancellationToken).ConfigureAwait(false);

    public override async Task<Page<CheckpointRecord>> ListCheckpointsAsync(
        PageRequest? page = null,
        CancellationToken cancellationToken = default
    ) => await store.ListCheckpointsAsync(Session, page ?? new(), cancellationToken).ConfigureAwait(false);

    public override async Task<UsageRollup> GetUsageRollupAsync(CancellationToken cancellationToken = default) =>
        await store.GetRollupAsync(Session, cancellationToken).ConfigureAwait(false);

    public override async Task<UsageRollup> GetUsageAsync(CancellationToken cancellationToken = default) =>
        await store.GetRollupAsync(Session, RunId, cancellationToken).ConfigureAwait(false);

    private async Task<RunStatus> StopAsync(CommandKind kind, string? reason, CancellationToken cancellationToken) =>
        (await control.StopAsync(Session, RunId, kind, reason, cancellationToken).ConfigureAwait(false)).Status;

    /// <exception cref="InvalidInputException">The options name another session.</exception>
    private ExecuteOptions Here(ExecuteOptions options) =>
        options.SessionId is { } other && other != SessionId
            ? throw new InvalidInputException("sessionId", $"This is session '{SessionId}'.")
        : options.Tenant.Length > 0 && options.Tenant != Session.Tenant
            ? throw new InvalidInputException("tenant", $"Session '{SessionId}' is of another tenant.")
        : options with { Tenant = Session.Tenant, SessionId = SessionId };

    private TOutput? Read(JsonElement output) =>
        output is TOutput untyped ? untyped
        : agent?.Output?.Type is JsonTypeInfo<TOutput> type ? output.Deserialize(type)
        : output.GetString() is TOutput text ? text
        : default;
}
