using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>A piece of what a streaming step produced.</summary>
/// <param name="Step">The step.</param>
/// <param name="Attempt">The attempt that produced it.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Content">The bytes, at most 256 KiB.</param>
public sealed record StepChunk(JournalKey Step, int Attempt, int Index, Payload Content)
{
    /// <summary>The largest chunk, in plain bytes.</summary>
    public const int MaxBytes = 256 * 1024;
}
