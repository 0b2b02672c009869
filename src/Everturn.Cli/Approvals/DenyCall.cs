using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals deny</c>.</summary>
internal static class DenyCall
{
    public static Command Create() =>
        new Command("deny", "Refuse a call; the model is told why.")
        {
            ApprovalsGroup.ApprovalId,
            Decision.Reason,
            Decision.By,
            Decision.Resume,
        }.Does((context, cancellationToken) => Decision.SendAsync(context, new() { Kind = "deny" }, cancellationToken));
}
