using System.CommandLine;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Workflows;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals happened</c>.</summary>
internal static class CallHappened
{
    private static readonly Option<string?> Result = new("--result")
    {
        Description = "What the call came to, for the model: " + JsonText.Help,
    };

    public static Command Create() =>
        new Command("happened", "A call of unknown outcome took effect: it is not made again.")
        {
            ApprovalsGroup.ApprovalId,
            Result,
            Decision.Reason,
            Decision.By,
            Decision.Resume,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var result = await JsonText
            .ReadAsync("--result", context.Value(Result), cancellationToken)
            .ConfigureAwait(false);
        return await Decision
            .SendAsync(context, new() { Kind = "happened", Result = result }, cancellationToken)
            .ConfigureAwait(false);
    }
}
