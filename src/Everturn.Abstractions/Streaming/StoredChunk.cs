namespace Everturn.Streaming;

/// <summary>A chunk with its number, still as JSON.</summary>
/// <param name="Sequence">Its number, from 1, without gaps for the life of the session.</param>
/// <param name="Json">UTF-8 JSON of a <see cref="StreamChunk"/>, without line breaks.</param>
public readonly record struct StoredChunk(long Sequence, ReadOnlyMemory<byte> Json);
