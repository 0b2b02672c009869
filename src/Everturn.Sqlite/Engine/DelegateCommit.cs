using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>A write that is rare enough to be a lambda.</summary>
/// <typeparam name="TResult">What the caller learns.</typeparam>
/// <param name="kind">What is written.</param>
/// <param name="apply">See <see cref="CommitItem{TResult}.Apply"/>.</param>
internal sealed class DelegateCommit<TResult>(CommitKind kind, Func<SqliteConnection, TResult> apply)
    : CommitItem<TResult>(kind)
{
    protected override TResult Apply(SqliteConnection connection) => apply(connection);
}
