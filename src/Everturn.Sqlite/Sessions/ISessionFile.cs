using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>The file that holds the tables of sessions: the one of all stores, or an object's own.</summary>
internal interface ISessionFile
{
    /// <summary>Content, and who writes it.</summary>
    SessionContent Content { get; }

    /// <summary>Tells of commits.</summary>
    IChangeSignal Changes { get; }

    /// <summary>Whether this node may own runs; asked inside a transaction.</summary>
    bool IsLive(SqliteConnection connection, NodeIdentity node);

    /// <summary>Reads with single statements; each sees what is durable when it starts.</summary>
    ValueTask<TResult> ReadAsync<TState, TResult>(TState state, Func<SqliteConnection, TState, TResult> read);

    /// <summary>Reads with several statements that all see the same moment.</summary>
    ValueTask<TResult> ReadSnapshotAsync<TState, TResult>(TState state, Func<SqliteConnection, TState, TResult> read);

    /// <summary>Writes. The token is ignored once the item is queued.</summary>
    ValueTask<TResult> CommitAsync<TResult>(CommitItem<TResult> item, CancellationToken cancellationToken);
}
