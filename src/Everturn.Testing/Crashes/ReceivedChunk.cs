namespace Everturn.Testing.Crashes;

/// <summary>A chunk as it came, not interpreted.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Json">The chunk's JSON, byte for byte.</param>
public readonly record struct ReceivedChunk(long Sequence, string Json);
