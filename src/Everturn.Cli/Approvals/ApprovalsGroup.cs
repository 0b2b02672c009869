using System.CommandLine;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals</c>.</summary>
internal static class ApprovalsGroup
{
    /// <summary>Which call.</summary>
    public static readonly Argument<string> ApprovalId = new("approval") { Description = "The approval's id." };

    public static Command Create() =>
        new("approvals", "List and decide calls that wait for somebody.")
        {
            ListApprovals.Create(),
            ApproveCall.Create(),
            DenyCall.Create(),
            CallHappened.Create(),
            CallDidNotHappen.Create(),
            TryCallAgain.Create(),
        };
}
