using Everturn.Memory;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Workflows;

/// <summary>The in-memory store under the conformance kit.</summary>
public sealed class InMemoryWorkflowStoreFixture : WorkflowStoreFixture
{
    private readonly InMemoryNodeDirectory _nodes = new();

    /// <summary>An empty store.</summary>
    public InMemoryWorkflowStoreFixture() => Store = new InMemoryWorkflowStore(_nodes);

    /// <inheritdoc />
    public override IWorkflowStore Store { get; }

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
