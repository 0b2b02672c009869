using Everturn.Storage;

namespace Everturn.Memory;

/// <summary>
/// One node's view of the nodes that share in-memory stores. <see cref="Join"/> adds further ones, as if more processes
/// opened the same database; <see cref="MarkDead"/> ends one, as a SIGKILL would.
/// </summary>
public sealed class InMemoryNodeDirectory : INodeDirectory
{
    private readonly InMemoryNodes _nodes;

    /// <summary>The first node.</summary>
    public InMemoryNodeDirectory()
        : this(new InMemoryNodes()) { }

    private InMemoryNodeDirectory(InMemoryNodes nodes)
    {
        _nodes = nodes;
        Self = nodes.Join();
    }

    /// <inheritdoc />
    public NodeIdentity Self { get; }

    /// <summary>Adds a node beside this one.</summary>
    /// <returns>The new node's view.</returns>
    public InMemoryNodeDirectory Join() => new(_nodes);

    /// <summary>Whether a node is alive under its epoch. What any other one writes is refused.</summary>
    /// <param name="node">The node.</param>
    public bool IsLive(NodeIdentity node) => _nodes.IsLive(node);

    /// <summary>
    /// Makes a node look as if its process had ended. It can go on writing, like a stopped process that was continued,
    /// until another node has looked for dead ones.
    /// </summary>
    /// <param name="node">The node.</param>
    public void MarkDead(NodeIdentity node) => _nodes.MarkDead(node);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<NodeIdentity>> FenceDeadNodesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_nodes.FenceDead());
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<NodeIdentity>> ListLiveNodesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_nodes.Live());
    }
}
