namespace Everturn.AspNetCore.Approvals;

/// <summary>A page of calls that wait, or waited, for somebody outside.</summary>
/// <param name="Approvals">The calls, those asked first first.</param>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get them; absent on the last page.</param>
public sealed record ApprovalsResponse(IReadOnlyList<ApprovalView> Approvals, bool HasMore, string? NextCursor);
