using Everturn.Sessions;

namespace Everturn.Loop;

/// <summary>How a run ends that was told to stop. Pure.</summary>
internal static class RunEnding
{
    /// <summary>The change of the run's row, and the chunk that tells readers.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="reason">Why, in the asker's words.</param>
    /// <param name="step">The step under way.</param>
    /// <param name="chunks">Makes the chunk.</param>
    public static (RunChange Change, ReadOnlyMemory<byte> Chunk) Of(
        CommandKind kind,
        string? reason,
        int step,
        ChunkFactory chunks
    )
    {
        if (kind == CommandKind.Abort)
        {
            var error = reason ?? "The run was aborted.";
            return (
                new()
                {
                    Status = RunStatus.Failed,
                    Reason = RunReason.Aborted,
                    Error = error,
                },
                chunks.Error(step, error, RunReason.Aborted, recoverable: false)
            );
        }

        var why = reason ?? RunReason.UserRequested;
        return (new() { Status = RunStatus.Interrupted, Reason = why }, chunks.RunInterrupted(step, why));
    }
}
