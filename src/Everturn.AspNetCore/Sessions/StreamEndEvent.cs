using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Data of the server-sent event <c>end</c>, after which the server closes the stream.</summary>
public sealed record StreamEndEvent
{
    /// <summary>Status that the run ended with; <c>idle</c> where the session has none, <c>deleted</c> where it is gone.</summary>
    public required string Status { get; init; }

    /// <summary>The run that ended.</summary>
    public string? RunId { get; init; }

    /// <summary>Why it ended so, where the status alone does not say.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, where it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The last number that was delivered.</summary>
    public required long Sequence { get; init; }

    internal static StreamEndEvent Of(RunRecord? run, bool isDeleted, long sequence) =>
        new()
        {
            Status = isDeleted ? "deleted" : ExecutionStatus.Of(run?.Status).Value,
            RunId = run?.RunId,
            Reason = run?.Reason,
            Error = run?.Error,
            Sequence = sequence,
        };
}
