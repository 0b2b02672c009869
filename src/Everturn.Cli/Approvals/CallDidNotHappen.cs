using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals did-not-happen</c>.</summary>
internal static class CallDidNotHappen
{
    public static Command Create() =>
        new Command("did-not-happen", "A call of unknown outcome took no effect: it failed, and is not made again.")
        {
            ApprovalsGroup.ApprovalId,
            Decision.Reason,
            Decision.By,
            Decision.Resume,
        }.Does(
            (context, cancellationToken) =>
                Decision.SendAsync(context, new() { Kind = "did-not-happen" }, cancellationToken)
        );
}
