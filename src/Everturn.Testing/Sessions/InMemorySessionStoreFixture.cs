using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions;

/// <summary>The in-memory store under the conformance kit.</summary>
public sealed class InMemorySessionStoreFixture : SessionStoreFixture
{
    private readonly InMemoryNodeDirectory _nodes = new();

    /// <summary>An empty store.</summary>
    public InMemorySessionStoreFixture() => Store = new InMemorySessionStore(_nodes);

    /// <inheritdoc />
    public override ISessionStore Store { get; }

    /// <inheritdoc />
    public override ValueTask ReopenAsync() => default;

    /// <inheritdoc />
    public override ValueTask<NodeIdentity> AddNodeAsync() => new(_nodes.Join().Self);

    /// <inheritdoc />
    public override async ValueTask FenceNodeAsync(NodeIdentity node)
    {
        _nodes.MarkDead(node);
        await _nodes.FenceDeadNodesAsync().ConfigureAwait(false);
    }
}
