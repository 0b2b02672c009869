namespace Everturn.Cli.Client;

/// <summary>What became of an answer.</summary>
internal sealed record AnsweredBody(
    ApprovalBody Approval,
    IReadOnlyList<string> Remaining,
    bool IsReplay,
    bool Resumes
);
