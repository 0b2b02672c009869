using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Testing.Sessions;

/// <summary>What the conformance kit needs of a store: one empty store, and nodes that can die.</summary>
public abstract class SessionStoreFixture : IAsyncDisposable
{
    /// <summary>The store, empty when the fixture is new, with the default <see cref="EverturnLimits"/>.</summary>
    public abstract ISessionStore Store { get; }

    /// <summary>Closes the store and opens it again with all that was durable. A store in memory stays as it is.</summary>
    public abstract ValueTask ReopenAsync();

    /// <summary>Adds a live node that may own runs.</summary>
    public abstract ValueTask<NodeIdentity> AddNodeAsync();

    /// <summary>Declares a node dead: its epoch is bumped, and nothing it writes is accepted any more.</summary>
    /// <param name="node">A node of <see cref="AddNodeAsync"/>.</param>
    public abstract ValueTask FenceNodeAsync(NodeIdentity node);

    /// <summary>Releases the store and what it left behind.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
