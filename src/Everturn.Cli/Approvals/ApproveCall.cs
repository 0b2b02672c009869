using System.CommandLine;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Workflows;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals approve</c>.</summary>
internal static class ApproveCall
{
    private static readonly Option<string?> Arguments = new("--arguments")
    {
        Description = "What to call the tool with instead of what was asked for: " + JsonText.Help,
    };

    private static readonly Option<DateTimeOffset?> GrantUntil = new("--grant-until")
    {
        Description = "Allow the tool in this session until then, for example 2026-01-31T09:30:00Z.",
    };

    public static Command Create() =>
        new Command("approve", "Allow a call.")
        {
            ApprovalsGroup.ApprovalId,
            Arguments,
            GrantUntil,
            Decision.Reason,
            Decision.By,
            Decision.Resume,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = await JsonText
            .ReadAsync("--arguments", context.Value(Arguments), cancellationToken)
            .ConfigureAwait(false);
        return await Decision
            .SendAsync(
                context,
                new()
                {
                    Kind = "approve",
                    Arguments = arguments,
                    GrantUntil = context.Value(GrantUntil),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
