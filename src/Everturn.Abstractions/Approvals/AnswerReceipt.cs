using Everturn.Sessions;

namespace Everturn.Approvals;

/// <summary>What became of an answer.</summary>
public sealed record AnswerReceipt
{
    /// <summary>The call with its outcome.</summary>
    public required PendingCallRecord Call { get; init; }

    /// <summary>Calls of the same run that still wait, by the model's id. Of an instance none: each of its calls wakes it.</summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];

    /// <summary>True where the very same answer was recorded before.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether the run will be resumed by itself; an instance goes on with every answer.</summary>
    public bool Resumes { get; init; }
}
