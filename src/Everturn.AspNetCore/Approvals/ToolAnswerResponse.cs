namespace Everturn.AspNetCore.Approvals;

/// <summary>What became of an answer.</summary>
/// <param name="Approval">The call with its outcome.</param>
/// <param name="Remaining">Calls of the same run that still wait, by the model's id.</param>
/// <param name="IsReplay">Whether the very same answer was recorded before.</param>
/// <param name="Resumes">Whether the run is resumed by itself.</param>
public sealed record ToolAnswerResponse(
    ApprovalView Approval,
    IReadOnlyList<string> Remaining,
    bool IsReplay,
    bool Resumes
);
