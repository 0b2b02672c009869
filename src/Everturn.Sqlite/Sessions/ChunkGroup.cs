namespace Everturn.Sqlite.Sessions;

/// <summary>The chunks of one row.</summary>
/// <param name="Count">How many.</param>
/// <param name="Content">What <see cref="ChunkLines"/> makes of them.</param>
internal readonly record struct ChunkGroup(int Count, StoredPayload Content);
