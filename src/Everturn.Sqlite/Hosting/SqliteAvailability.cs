using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Hosting;

/// <summary>Whether a database takes work.</summary>
/// <param name="database">The database.</param>
internal sealed class SqliteAvailability(SqliteDatabase database) : IStoreAvailability
{
    public string? Refusal =>
        !database.IsOpen
            ? "The database is not open."
            : database.Storage.Committer.Health switch
            {
                StoreHealth.Available => null,
                StoreHealth.Recovering => "A write failed; the database is being opened again.",
                _ => "The database is closed.",
            };
}
