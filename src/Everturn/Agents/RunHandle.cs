using System.Text.Json;
using Everturn.Sessions;
using Everturn.State;
using Everturn.Storage;
using Everturn.Streaming;

namespace Everturn.Agents;

/// <summary>A handle that reads the stores; the run may be anywhere.</summary>
/// <typeparam name="TOutput">The output; a JSON element where the agent is known by name only.</typeparam>
internal sealed class RunHandle<TOutput>(
    AgentExecutor executor,
    AgentDefinition<TOutput>? agent,
    RunRecord run,
    bool isReplay,
    ISessionStore store,
    SessionStreams streams,
    TimeProvider time
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
        };
    }

    public override async Task<AgentHandle<TOutput>> SendAsync(
        AgentInput input,
        CancellationToken cancellationToken = default
    )
    {
        var options = new ExecuteOptions { Tenant = Session.Tenant, SessionId = Session.SessionId };
        return agent is not null
            ? await executor.ExecuteAsync(agent, input, options, cancellationToken).ConfigureAwait(false)
            : (AgentHandle<TOutput>)
                await executor.ExecuteAsync(run.AgentType, input, options, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<RunStatus> InterruptAsync(
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetUtcNow();
        var result = await store
            .CommitAsync(
                new()
                {
                    Session = Session,
                    Kind = CommitKind.Command,
                    At = now,
                    Command = new()
                    {
                        Session = Session,
                        RunId = RunId,
                        Kind =
                            mode == InterruptMode.AtCheckpoint
                                ? CommandKind.InterruptAtCheckpoint
                                : CommandKind.Interrupt,
                        Reason = reason,
                        CreatedAt = now,
                    },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.IsApplied ? result.Run!.Status : throw new SessionNotFoundException(SessionId);
    }

    public override async Task<JsonElement> GetStateAsync(CancellationToken cancellationToken = default)
    {
        var snapshot =
            await store.GetSnapshotAsync(Session, 0, cancellationToken).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(SessionId);
        return JsonBytes.Parse(snapshot.State);
    }

    private TOutput? Read(JsonElement output) =>
        output is TOutput untyped ? untyped
        : agent?.Output?.Type is System.Text.Json.Serialization.Metadata.JsonTypeInfo<TOutput> type
            ? output.Deserialize(type)
        : output.GetString() is TOutput text ? text
        : default;
}
