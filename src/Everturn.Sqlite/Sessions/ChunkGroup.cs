namespace Everturn.Sqlite.Sessions;

/// <summary>The chunks of one row.</summary>
/// <param name="Count">How many.</param>
/// <param name="Content">Their JSON, one a line.</param>
internal readonly record struct ChunkGroup(int Count, StoredPayload Content);
