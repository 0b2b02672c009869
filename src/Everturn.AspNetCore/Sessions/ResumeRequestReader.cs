using Everturn.Agents;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Turns the bodies of a resume and a retry into the contracts' types, or says which field is not acceptable.</summary>
internal static class ResumeRequestReader
{
    private const int MaxCheckpointIdLength = 256;

    /// <summary>Options of a resume.</summary>
    public static ResumeOptions Options(ResumeAgentRequestV2 body, string? idempotencyKey)
    {
        var options = body.Options ?? new();
        var mode = options.Mode switch
        {
            null or "continue" => ResumeMode.Continue,
            "retry" => ResumeMode.Retry,
            "branch" => ResumeMode.Branch,
            _ => throw new InvalidInputException("options.mode", "It is continue, retry or branch."),
        };
        return new()
        {
            Mode = mode,
            CheckpointId = CheckpointId(options.CheckpointId, mode),
            ModifyState = RequestFields.State(options.ModifyState, "options.modifyState"),
            AppendMessages = RequestFields.Messages(options.AppendMessages, "options.appendMessages"),
            RequestId = RequestFields.RequestId(body.RequestId, idempotencyKey),
        };
    }

    /// <summary>Options of a retry.</summary>
    public static RetryRunOptions Options(RetryAgentRequestV2 body, string? idempotencyKey)
    {
        var options = body.Options ?? new();
        return new()
        {
            Mode = options.Mode switch
            {
                null or "from_checkpoint" => RetryMode.FromCheckpoint,
                "from_start" => RetryMode.FromStart,
                _ => throw new InvalidInputException("options.mode", "It is from_checkpoint or from_start."),
            },
            Message = options.Message is { Length: 0 }
                ? throw new InvalidInputException("options.message", "It is not empty.")
                : options.Message,
            RequestId = RequestFields.RequestId(body.RequestId, idempotencyKey),
        };
    }

    private static string? CheckpointId(string? id, ResumeMode mode) =>
        (id, mode) switch
        {
            (null, ResumeMode.Branch) => throw new InvalidInputException(
                "options.checkpointId",
                "It is required by branch."
            ),
            ({ }, ResumeMode.Retry) => throw new InvalidInputException(
                "options.checkpointId",
                "A retry goes on from the run's last checkpoint."
            ),
            ({ Length: 0 or > MaxCheckpointIdLength }, _) => throw new InvalidInputException(
                "options.checkpointId",
                $"It is 1 to {MaxCheckpointIdLength} characters."
            ),
            _ => id,
        };
}
