using Everturn.Sessions;
using Everturn.State;

namespace Everturn.Loop;

/// <summary>How a run ends that was told to stop. Pure.</summary>
internal static class RunEnding
{
    /// <summary>Not a command that anybody writes: the time of a budget is up.</summary>
    public static readonly CommandKind OutOfTime = new("out_of_time");

    /// <summary>The end of a run by what stopped it.</summary>
    /// <param name="command">What stopped it.</param>
    /// <param name="step">The step under way.</param>
    /// <param name="chunks">Makes the chunk.</param>
    public static (RunChange Change, ReadOnlyMemory<byte> Chunk) Of(
        CommandRecord command,
        int step,
        ChunkFactory chunks
    ) =>
        command.Kind == OutOfTime
            ? Failure(command.Reason!, JsonBytes.Parse(command.Content).GetString()!, step, chunks)
            : Of(command.Kind, command.Reason, step, chunks);

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
            return Failure(RunReason.Aborted, reason ?? "The run was aborted.", step, chunks);
        }

        var why = reason ?? RunReason.UserRequested;
        return (new() { Status = RunStatus.Interrupted, Reason = why }, chunks.RunInterrupted(step, why));
    }

    private static (RunChange Change, ReadOnlyMemory<byte> Chunk) Failure(
        string reason,
        string error,
        int step,
        ChunkFactory chunks
    ) =>
        (
            new()
            {
                Status = RunStatus.Failed,
                Reason = reason,
                Error = error,
            },
            chunks.Error(step, error, reason, recoverable: false)
        );
}
