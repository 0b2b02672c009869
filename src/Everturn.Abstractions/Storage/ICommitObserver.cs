namespace Everturn.Storage;

/// <summary>
/// Watches a store's durable writes from inside. Made for the crash kit, which ends or stops the process at a chosen
/// point; when none is registered, stores do no work for it.
/// </summary>
public interface ICommitObserver
{
    /// <summary>Called on the store's writing thread.</summary>
    /// <param name="kind">Which write.</param>
    /// <param name="phase">Where in it.</param>
    void Reached(CommitKind kind, CommitPhase phase);
}
