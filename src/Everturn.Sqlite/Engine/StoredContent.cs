namespace Everturn.Sqlite.Engine;

/// <summary>Content as it was before it was stored.</summary>
/// <param name="Version">Version of the record's format.</param>
/// <param name="Plain">The plain bytes.</param>
internal readonly record struct StoredContent(int Version, ReadOnlyMemory<byte> Plain);
