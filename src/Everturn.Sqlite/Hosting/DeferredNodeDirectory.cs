using Everturn.Storage;

namespace Everturn.Sqlite.Hosting;

/// <summary>The node directory of a database that may be opened later.</summary>
/// <param name="database">The database.</param>
internal sealed class DeferredNodeDirectory(SqliteDatabase database) : INodeDirectory
{
    public NodeIdentity Self => database.Storage.Nodes.Self;

    public ValueTask<IReadOnlyList<NodeIdentity>> FenceDeadNodesAsync(CancellationToken cancellationToken = default) =>
        database.Storage.Nodes.FenceDeadNodesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<NodeIdentity>> ListLiveNodesAsync(CancellationToken cancellationToken = default) =>
        database.Storage.Nodes.ListLiveNodesAsync(cancellationToken);
}
