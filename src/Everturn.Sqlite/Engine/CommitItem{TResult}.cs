using System.Threading.Tasks.Sources;
using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>A write with a result. It is its own promise, so a commit allocates nothing besides.</summary>
/// <typeparam name="TResult">What the caller learns.</typeparam>
/// <param name="kind">What is written, for metrics and the crash kit.</param>
internal abstract class CommitItem<TResult>(CommitKind kind) : CommitItem(kind), IValueTaskSource<TResult>
{
    // Callers go on elsewhere: the writing thread has the next batch to write.
    private ManualResetValueTaskSourceCore<TResult> _promise = new() { RunContinuationsAsynchronously = true };
    private TResult _result = default!;

    internal ValueTask<TResult> Promise => new(this, _promise.Version);

    /// <summary>What <see cref="Apply"/> returned.</summary>
    internal TResult Result => _result;

    /// <summary>
    /// Checks and writes, on the writing thread, inside a transaction that is not its own: no BEGIN, COMMIT or ROLLBACK.
    /// Called at most once. Throwing an <see cref="EverturnException"/> refuses the item and undoes what it wrote.
    /// </summary>
    protected abstract TResult Apply(SqliteConnection connection);

    /// <summary>
    /// Called on the writing thread when the item is durable and before its caller is told. Must be quick and not throw.
    /// </summary>
    protected virtual void OnDurable(TResult result) { }

    internal sealed override void Execute(SqliteConnection connection) => _result = Apply(connection);

    internal sealed override void Durable() => OnDurable(_result);

    internal sealed override void Acknowledge() => _promise.SetResult(_result);

    internal sealed override void Fail(Exception exception) => _promise.SetException(exception);

    TResult IValueTaskSource<TResult>.GetResult(short token) => _promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _promise.OnCompleted(continuation, state, token, flags);
}
