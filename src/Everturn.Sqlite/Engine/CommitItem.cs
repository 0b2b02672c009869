using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// One write, of any store that shares the file. It shares a transaction with others but never their fate: when it is
/// refused, a savepoint takes back what it wrote and nothing else. Use <see cref="CommitItem{TResult}"/>.
/// </summary>
/// <param name="kind">What is written, for metrics and the crash kit.</param>
internal abstract class CommitItem(CommitKind kind)
{
    private int _queued;

    public CommitKind Kind { get; } = kind;

    /// <summary>About how many bytes the item writes; bounds a transaction.</summary>
    public virtual int EstimatedBytes => 1024;

    /// <summary>
    /// Whether rows that were read for earlier commits can be taken for what is stored after this one. An item that does not
    /// know says no.
    /// </summary>
    public virtual bool LeavesReadRows => false;

    /// <summary>Why the item was refused, known once it was applied.</summary>
    internal Exception? Refusal { get; set; }

    internal void MarkQueued()
    {
        if (Interlocked.Exchange(ref _queued, 1) != 0)
            throw new InvalidOperationException("A commit item is committed once.");
    }

    internal abstract void Execute(SqliteConnection connection);

    /// <summary>The item is durable and its caller has not been told.</summary>
    internal abstract void Durable();

    /// <summary>Tells the caller the result.</summary>
    internal abstract void Acknowledge();

    internal abstract void Fail(Exception exception);
}
