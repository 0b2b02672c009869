using Everturn.Storage;

namespace Everturn.Memory;

/// <summary>
/// The nodes of in-memory stores. One per process is enough; hosts that share it see each other, as hosts that share a
/// database do.
/// </summary>
public sealed class MemoryNodes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _epochs = [];
    private readonly HashSet<NodeIdentity> _silent = [];
    private int _joined;

    /// <summary>Adds a node.</summary>
    public INodeDirectory Join()
    {
        lock (_lock)
        {
            var node = new NodeIdentity($"memory-{++_joined}", 1);
            _epochs.Add(node.NodeId, node.Epoch);
            return new MemoryNodeDirectory(this, node);
        }
    }

    /// <summary>Whether <paramref name="node"/> is known and in its current epoch.</summary>
    /// <param name="node">The node.</param>
    public bool IsCurrent(NodeIdentity node)
    {
        lock (_lock)
        {
            return _epochs.TryGetValue(node.NodeId, out var epoch) && epoch == node.Epoch;
        }
    }

    /// <summary>Makes a node look as if its process had ended; the others find out when they look for dead nodes.</summary>
    /// <param name="node">The node.</param>
    public void Silence(NodeIdentity node)
    {
        lock (_lock)
        {
            _silent.Add(node);
        }
    }

    internal IReadOnlyList<NodeIdentity> FenceSilentNodes()
    {
        lock (_lock)
        {
            NodeIdentity[] dead = [.. _silent.Where(node => _epochs.GetValueOrDefault(node.NodeId) == node.Epoch)];
            foreach (var node in dead)
            {
                _epochs[node.NodeId]++;
            }

            _silent.Clear();
            return dead;
        }
    }
}
