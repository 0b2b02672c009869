using Everturn.Storage;

namespace Everturn.Memory;

/// <summary>One node's view of <see cref="MemoryNodes"/>.</summary>
internal sealed class MemoryNodeDirectory(MemoryNodes nodes, NodeIdentity self) : INodeDirectory
{
    public NodeIdentity Self => self;

    public ValueTask<IReadOnlyList<NodeIdentity>> FenceDeadNodesAsync(CancellationToken cancellationToken = default) =>
        new(nodes.FenceSilentNodes());
}
