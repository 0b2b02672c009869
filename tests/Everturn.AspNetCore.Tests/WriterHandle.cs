using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.AspNetCore.Tests;

/// <summary>A run of <see cref="WriterExecutor"/>; only what the HTTP surface uses of it.</summary>
internal sealed class WriterHandle(ISessionStore store, TimeProvider time, RunRecord run, bool isReplay) : AgentHandle
{
    public override SessionKey Session => run.Session;

    public override string RunId => run.RunId;

    public override RunRecord Run => run;

    public override bool IsReplay => isReplay;

    public override async Task<RunStatus> InterruptAsync(
        string? reason = null,
        InterruptMode mode = InterruptMode.AtOnce,
        CancellationToken cancellationToken = default
    )
    {
        var result = await store.CommitAsync(
            new()
            {
                Session = Session,
                Kind = CommitKind.Command,
                At = time.GetUtcNow(),
                Command = new()
                {
                    Session = Session,
                    RunId = RunId,
                    Kind = mode == InterruptMode.AtOnce ? CommandKind.Interrupt : CommandKind.InterruptAtCheckpoint,
                    Reason = reason,
                    CreatedAt = time.GetUtcNow(),
                },
            },
            cancellationToken
        );
        return (result.Run ?? await store.GetRunAsync(Session, RunId, cancellationToken))!.Status;
    }

    public override IAsyncEnumerable<StreamChunk> StreamAsync(
        long? afterSequence = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public override Task<AgentResult> WaitAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<JsonElement> GetStateAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<RunStatus> AbortAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<ResumeCheck> CanResumeAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<Page<RunRecord>> ListRunsAsync(
        PageRequest? page = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public override Task<Page<CheckpointRecord>> ListCheckpointsAsync(
        PageRequest? page = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public override Task<UsageRollup> GetUsageAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<UsageRollup> GetUsageRollupAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    protected override Task<AgentHandle> SendCoreAsync(
        AgentInput input,
        ExecuteOptions? options,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    protected override Task<AgentHandle> ResumeCoreAsync(ResumeOptions? options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    protected override Task<AgentHandle> RetryCoreAsync(
        RetryRunOptions? options,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
