namespace Everturn.Workflows;

/// <summary>What the journal keeps of a streaming step; the bytes are chunks beside it.</summary>
/// <param name="Attempt">The attempt that produced them.</param>
/// <param name="Chunks">How many chunks there are.</param>
/// <param name="Bytes">How many bytes.</param>
/// <param name="Preview">What describes them where the bytes are not shown.</param>
internal sealed record StreamInfo(int Attempt, int Chunks, long Bytes, string Preview);
