using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Replay;

/// <summary>Lets a replay read what is stored, and do nothing.</summary>
internal sealed class ReplayStepHost(IWorkflowStore store, InstanceKey instance) : IStepHost
{
    public IStepOverrides? Overrides => null;

    public Task<string> StartChildAsync(
        JournalKey step,
        string workflow,
        ReadOnlyMemory<byte> parameters,
        ChildOptions options,
        CancellationToken cancellationToken
    ) => throw Unreachable();

    public PendingCallRecord NewCall(JournalKey step, CallRequest request, DateTimeOffset at) =>
        InstanceCall.New(new InstanceRecord(instance, default), step, request, at);

    /// <summary>What is not recorded of an answer has not happened.</summary>
    public Task<Payload?> SettleCallAsync(string approvalId, bool isDue) => Task.FromResult<Payload?>(null);

    /// <summary>What is not recorded of a child's end has not happened.</summary>
    public Task<ChildNotice?> FindEndAsync(string workflow, string childId) => Task.FromResult<ChildNotice?>(null);

    public ValueTask StoreChunksAsync(JournalKey step, IReadOnlyList<StepChunk> chunks) => throw Unreachable();

    public async ValueTask<ReadOnlyMemory<byte>?> ReadChunkAsync(
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken
    ) =>
        await store.ReadChunkAsync(instance, step, attempt, index, cancellationToken).ConfigureAwait(false) is { } chunk
            ? WorkflowPayloads.Decode(chunk)
            : null;

    private static InvalidOperationException Unreachable() => new("A replay runs no callbacks.");
}
