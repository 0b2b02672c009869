using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals try-again</c>.</summary>
internal static class TryCallAgain
{
    public static Command Create() =>
        new Command(
            "try-again",
            "A call of unknown outcome took no effect: it is made again, with the same idempotency key."
        )
        {
            ApprovalsGroup.ApprovalId,
            Decision.Reason,
            Decision.By,
            Decision.Resume,
        }.Does(
            (context, cancellationToken) => Decision.SendAsync(context, new() { Kind = "try-again" }, cancellationToken)
        );
}
