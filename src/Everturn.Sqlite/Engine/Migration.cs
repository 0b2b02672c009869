namespace Everturn.Sqlite.Engine;

/// <summary>One forward step of a schema. Once released it never changes.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Sql">The statements, separated by semicolons; they run in one transaction with all other steps.</param>
internal sealed record Migration(int Number, string Sql);
