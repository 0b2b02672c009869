namespace Patterns.Approval;

/// <summary>What a person decided about an expense; sent as an event of type <c>decision</c>.</summary>
/// <param name="IsApproved">Whether it is paid.</param>
/// <param name="By">Who decided.</param>
public sealed record Decision(bool IsApproved, string By);
