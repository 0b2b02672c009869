using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>What happens around commits, all on the writing thread.</summary>
internal sealed class CommitterHooks
{
    /// <summary>The crash kit, if one is registered.</summary>
    public ICommitObserver? Observer { get; init; }

    /// <summary>Throws where a test wants a write to fail.</summary>
    public Action<CommitFault>? Fault { get; init; }

    /// <summary>Something became durable. Must be quick and not throw.</summary>
    public Action? Committed { get; set; }

    /// <summary>Makes the write that comes first after a failure: the node takes a new epoch.</summary>
    public Func<CommitItem>? Rejoin { get; set; }
}
