namespace Everturn.Cli.Client;

/// <summary>A page of calls that wait.</summary>
internal sealed record ApprovalsBody(IReadOnlyList<ApprovalBody> Approvals, bool HasMore, string? NextCursor)
    : IPageBody;
