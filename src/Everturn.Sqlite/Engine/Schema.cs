namespace Everturn.Sqlite.Engine;

/// <summary>The tables of one store. Several stores share a file, each with its own numbering.</summary>
/// <param name="Store">The store's name, never changed.</param>
/// <param name="Migrations">In order, the first has number 1.</param>
internal sealed record Schema(string Store, IReadOnlyList<Migration> Migrations)
{
    /// <summary>The newest version that this build can read and write.</summary>
    public int Version => Migrations.Count;
}
