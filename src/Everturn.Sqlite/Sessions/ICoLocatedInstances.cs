using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// Creates workflow instances in the transaction that begins their run, where both live in one file: one sync instead
/// of two, and no outbox entry. Only an optimisation; without it the outbox does the same.
/// </summary>
internal interface ICoLocatedInstances
{
    /// <summary>Creates the instance that an outbox entry asks for.</summary>
    /// <param name="connection">The writer, inside the transaction.</param>
    /// <param name="start">The entry, of kind <see cref="OutboxKind.StartInstance"/>.</param>
    /// <param name="owner">The node that executes it from the start; null for whoever claims it.</param>
    /// <param name="at">The time of the commit.</param>
    /// <returns>False to leave it to the outbox.</returns>
    bool TryInsert(SqliteConnection connection, OutboxEntry start, NodeIdentity? owner, DateTimeOffset at);
}
