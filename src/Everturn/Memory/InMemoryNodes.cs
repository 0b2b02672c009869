using Everturn.Storage;

namespace Everturn.Memory;

/// <summary>The epochs of all nodes that share in-memory stores.</summary>
internal sealed class InMemoryNodes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _epochs = [];
    private readonly HashSet<string> _dead = [];
    private readonly HashSet<string> _fenced = [];

    public NodeIdentity Join()
    {
        lock (_lock)
        {
            var node = new NodeIdentity($"memory-{_epochs.Count + 1}", 1);
            _epochs.Add(node.NodeId, node.Epoch);
            return node;
        }
    }

    public bool IsLive(NodeIdentity node)
    {
        lock (_lock)
        {
            return IsCurrent(node);
        }
    }

    public void MarkDead(NodeIdentity node)
    {
        lock (_lock)
        {
            if (IsCurrent(node))
            {
                _dead.Add(node.NodeId);
            }
        }
    }

    public IReadOnlyList<NodeIdentity> Live()
    {
        lock (_lock)
        {
            return
            [
                .. _epochs
                    .Where(node => !_fenced.Contains(node.Key))
                    .Select(node => new NodeIdentity(node.Key, node.Value)),
            ];
        }
    }

    public IReadOnlyList<NodeIdentity> FenceDead()
    {
        lock (_lock)
        {
            NodeIdentity[] fenced = [.. _dead.Select(id => new NodeIdentity(id, _epochs[id]))];
            foreach (var node in fenced)
            {
                _epochs[node.NodeId]++;
                _fenced.Add(node.NodeId);
            }

            _dead.Clear();
            return fenced;
        }
    }

    private bool IsCurrent(NodeIdentity node) => _epochs.TryGetValue(node.NodeId, out var epoch) && epoch == node.Epoch;
}
