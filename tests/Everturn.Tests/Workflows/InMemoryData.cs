using Everturn.Memory;

namespace Everturn.Tests.Workflows;

/// <summary>The in-memory store, shared by hosts of one process.</summary>
public sealed class InMemoryData : IStoreUnderTest
{
    private readonly InMemoryNodeDirectory _nodes = new();
    private readonly InMemoryWorkflowStore _store;

    public InMemoryData() => _store = new InMemoryWorkflowStore(_nodes);

    public async Task<OpenedStore> OpenAsync()
    {
        var node = _nodes.Join();
        await Task.CompletedTask;
        return new OpenedStore(
            _store,
            node,
            async () =>
            {
                _nodes.MarkDead(node.Self);
                await _nodes.FenceDeadNodesAsync();
            }
        );
    }

    public ValueTask DisposeAsync() => default;
}
