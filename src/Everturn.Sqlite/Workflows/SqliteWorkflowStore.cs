using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>The workflow store of a data directory. Large values go to blobs before the commit that names them.</summary>
internal sealed partial class SqliteWorkflowStore : IWorkflowStore
{
    private readonly Func<SqliteStorage> _storage;
    private int _lookedForOrphans;

    /// <param name="database">The data directory; it may be opened later.</param>
    public SqliteWorkflowStore(SqliteDatabase database)
    {
        _storage = () => database.Storage;
        Changes = database.Changes;
    }

    /// <param name="storage">An open one.</param>
    public SqliteWorkflowStore(SqliteStorage storage)
    {
        _storage = () => storage;
        Changes = storage.Changes;
    }

    public IChangeSignal Changes { get; }

    private GroupCommitter Committer => _storage().Committer;

    private ReadPool Reads => _storage().Reads;

    private PayloadStore Payloads => _storage().Payloads;

    private BlobDirectory Blobs => _storage().Blobs;

    public async ValueTask<CreatedInstance> CreateAsync(
        NewInstance instance,
        CancellationToken cancellationToken = default
    )
    {
        var stored = await StoreAsync(instance.Params).ConfigureAwait(false);
        return await Committer
            .CommitAsync(new CreateCommit(instance, stored, Payloads, Blobs), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<InstanceRecord>> CreateBatchAsync(
        IReadOnlyList<NewInstance> instances,
        CancellationToken cancellationToken = default
    )
    {
        var stored = new byte[instances.Count][];
        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] = await StoreAsync(instances[i].Params).ConfigureAwait(false);
        }

        return await Committer
            .CommitAsync(new CreateBatchCommit(instances, stored, Blobs), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<InstanceRecord?> FireAsync(
        ScheduledInstance firing,
        CancellationToken cancellationToken = default
    )
    {
        var stored = firing.Instance is { } instance ? await StoreAsync(instance.Params).ConfigureAwait(false) : null;
        return await Committer
            .CommitAsync(new FireCommit(firing, stored, Blobs), cancellationToken)
            .ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    ) => Committer.CommitAsync(new ClaimCommit(request, Payloads), cancellationToken);

    public async ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default)
    {
        var content = await TransitionContent.StoreAsync(commit, Payloads).ConfigureAwait(false);
        await Committer
            .CommitAsync(new TransitionCommit(commit, content, Blobs), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default)
    {
        var stored = await StoreAsync(newEvent.Payload).ConfigureAwait(false);
        return await Committer
            .CommitAsync(new EventCommit(newEvent, stored, Blobs), cancellationToken)
            .ConfigureAwait(false);
    }

    public ValueTask PauseAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ControlAsync(connection => ControlCommits.Pause(connection, key, at), cancellationToken);

    public ValueTask ResumeAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ControlAsync(connection => ControlCommits.Resume(connection, key, at), cancellationToken);

    public async ValueTask TerminateAsync(
        InstanceTermination termination,
        CancellationToken cancellationToken = default
    )
    {
        var notify = await StoreAsync(termination.Notify).ConfigureAwait(false);
        await ControlAsync(
                connection => ControlCommits.Terminate(connection, termination, notify, Blobs),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public ValueTask RestartAsync(InstanceRestart restart, CancellationToken cancellationToken = default) =>
        ControlAsync(connection => ControlCommits.Restart(connection, restart), cancellationToken);

    public async ValueTask DeleteAsync(
        InstanceKey key,
        NewEvent? notify = null,
        CancellationToken cancellationToken = default
    )
    {
        var stored = await StoreAsync(notify).ConfigureAwait(false);
        await ControlAsync(
                connection => ControlCommits.Delete(connection, key, notify, stored, Blobs),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async ValueTask<int> SweepAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _lookedForOrphans, 1) == 0)
        {
            await WorkflowSweeper.ReleaseOrphansAsync(_storage(), cancellationToken).ConfigureAwait(false);
        }

        return await WorkflowSweeper.SweepAsync(_storage(), now, limit, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Committer.CommitAsync(
            CommitKind.InstanceClaim,
            connection => ControlCommits.ReleaseOrphans(connection, now),
            cancellationToken
        );

    private async ValueTask ControlAsync(Func<SqliteConnection, bool> apply, CancellationToken cancellationToken) =>
        await Committer.CommitAsync(CommitKind.InstanceControl, apply, cancellationToken).ConfigureAwait(false);

    private ValueTask<byte[]> StoreAsync(Payload payload) => Payloads.StoreAsync(payload.Data, payload.Version);

    private async ValueTask<byte[]?> StoreAsync(NewEvent? newEvent) =>
        newEvent is null ? null : await StoreAsync(newEvent.Payload).ConfigureAwait(false);
}
