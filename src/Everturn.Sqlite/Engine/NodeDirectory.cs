using System.Collections.Concurrent;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Sqlite.Engine;

/// <summary>Nodes as rows of the store, their liveness as file locks and counters.</summary>
internal sealed class NodeDirectory : INodeDirectory, IAsyncDisposable
{
    private static readonly TimeSpan RememberDead = TimeSpan.FromDays(1);
    private const int BeatsPerLease = 5;

    private readonly string _locks;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly ReadPool _reads;
    private readonly ILogger _log;
    private readonly SilenceDetector _silence;
    private readonly ConcurrentQueue<NodeIdentity> _ownPast = new();
    private readonly string _nodeId;
    private readonly Lock _lockGate = new();
    private NodeLock _lock;
    private GroupCommitter? _committer;
    private ITimer? _heartbeat;
    private long _epoch;
    private int _rejoining;
    private bool _disposed;

    /// <param name="locks">Directory of the lock files.</param>
    /// <param name="lease">How long a node may be silent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="reads">For looking at rows.</param>
    /// <param name="log">Takeovers.</param>
    public NodeDirectory(string locks, TimeSpan lease, TimeProvider time, ReadPool reads, ILogger log)
    {
        _locks = locks;
        _lease = lease;
        _time = time;
        _reads = reads;
        _log = log;
        _silence = new SilenceDetector(lease, time);
        _nodeId = ServerId.New(time);
        _lock = NodeLock.Take(locks, _nodeId);
    }

    public NodeIdentity Self => new(_nodeId, Interlocked.Read(ref _epoch));

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes this node's place and begins to show signs of life.</summary>
    public async ValueTask JoinAsync(GroupCommitter committer, CancellationToken cancellationToken)
    {
        _committer = committer;
        await committer.CommitAsync(Rejoin(), cancellationToken).ConfigureAwait(false);
        RemoveAbandonedLocks();
        var period = _lease / BeatsPerLease;
        _heartbeat = _time.CreateTimer(static state => ((NodeDirectory)state!).Beat(), this, period, period);
    }

    /// <summary>The write by which this node takes its next epoch.</summary>
    public JoinCommit Rejoin() => new(new NodeIdentity(_nodeId, Self.Epoch + 1), Now, Joined);

    public async ValueTask<IReadOnlyList<NodeIdentity>> FenceDeadNodesAsync(
        CancellationToken cancellationToken = default
    )
    {
        List<NodeIdentity> dead = [];
        var suspects = LiveNodes().Where(node => node.NodeId != _nodeId && IsDead(node.NodeId)).ToList();
        if (suspects.Count > 0 && _committer is { } committer)
        {
            var forgetBefore = Now - (long)RememberDead.TotalMilliseconds;
            var fence = new FenceCommit(suspects, Now, forgetBefore);
            dead.AddRange(await committer.CommitAsync(fence, cancellationToken).ConfigureAwait(false));
        }
        foreach (var node in dead)
        {
            Log.NodeFenced(_log, node.NodeId, node.Epoch);
            _silence.Forget(node.NodeId);
            NodeLock.Remove(_locks, node.NodeId);
        }
        // What this node owned before it lost its place waits to be taken like that of any dead node.
        while (_ownPast.TryDequeue(out var past))
            dead.Add(past);
        return dead;
    }

    public ValueTask<IReadOnlyList<NodeIdentity>> ListLiveNodesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(LiveNodes());
    }

    /// <summary>Gives up this node's place: what it owned may be taken at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_heartbeat is not null)
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
        try
        {
            if (_committer is not null)
                await _committer.CommitAsync(CommitKind.Node, Leave).ConfigureAwait(false);
        }
        catch (EverturnException)
        {
            // The lock is let go below, and that is enough for the others.
        }
        lock (_lockGate)
        {
            _disposed = true;
            _lock.Dispose();
        }
    }

    private int Leave(SqliteConnection connection)
    {
        using var statement = connection.Use(NodeSql.Delete);
        return statement.Bind(1, _nodeId).Bind(2, Self.Epoch).Run();
    }

    private void Joined(long epoch)
    {
        var past = Interlocked.Exchange(ref _epoch, epoch);
        if (past > 0)
            _ownPast.Enqueue(new NodeIdentity(_nodeId, past));
    }

    private List<NodeIdentity> LiveNodes() =>
        _reads.Read(static connection =>
        {
            using var statement = connection.Use(NodeSql.SelectLive);
            List<NodeIdentity> nodes = [];
            while (statement.Read())
                nodes.Add(new NodeIdentity(statement.Text(0), statement.Long(1)));
            return nodes;
        });

    // A counter that cannot be read says nothing; the lock has said that the process exists.
    private bool IsDead(string nodeId) =>
        !NodeLock.IsHeld(_locks, nodeId)
        || (NodeLock.ReadBeat(_locks, nodeId) is { } beat && _silence.IsSilent(nodeId, beat));

    private void RemoveAbandonedLocks()
    {
        var known = _reads.Read(static connection =>
        {
            using var statement = connection.Use(NodeSql.SelectIds);
            HashSet<string> ids = [];
            while (statement.Read())
                ids.Add(statement.Text(0));
            return ids;
        });
        foreach (var nodeId in NodeLock.NodeIds(_locks).Where(id => !known.Contains(id)).ToList())
            NodeLock.Remove(_locks, nodeId);
    }

    private void Beat()
    {
        try
        {
            lock (_lockGate)
            {
                if (_disposed)
                    return;
                if (!_lock.IsVisible)
                    RetakeLock();
                _lock.Beat();
            }
            if (!_reads.Read(Self, static (connection, self) => FenceCheck.IsLive(connection, self)))
                _ = RejoinAsync();
        }
        catch (Exception exception) when (exception is EverturnException or IOException)
        {
            Log.HeartbeatFailed(_log, exception);
        }
    }

    private void RetakeLock()
    {
        var lost = _lock;
        _lock = NodeLock.Take(_locks, _nodeId);
        lost.Abandon();
    }

    // After this process was stopped for too long, another one has declared it dead.
    private async Task RejoinAsync()
    {
        if (Interlocked.Exchange(ref _rejoining, 1) != 0)
            return;
        try
        {
            Log.PlaceLost(_log, _nodeId, Self.Epoch);
            await _committer!.CommitAsync(Rejoin()).ConfigureAwait(false);
        }
        catch (EverturnException exception)
        {
            Log.HeartbeatFailed(_log, exception);
        }
        finally
        {
            Volatile.Write(ref _rejoining, 0);
        }
    }
}
