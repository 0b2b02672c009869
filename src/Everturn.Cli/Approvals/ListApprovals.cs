using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Approvals;

/// <summary><c>everturn approvals list</c>.</summary>
internal static class ListApprovals
{
    private static readonly Option<string?> Status = new("--status")
    {
        Description = "pending (default), approved, denied, answered, expired or withdrawn.",
    };

    private static readonly Option<string?> Agent = new("--agent") { Description = "Only of this agent's sessions." };

    private static readonly Option<string?> Workflow = new("--workflow")
    {
        Description = "Only of this workflow's instances.",
    };

    private static readonly Option<string?> User = new("--user")
    {
        Description = "Only of this user's sessions, and those that an instance asks them.",
    };

    private static readonly Paging Page = new(50);

    private const string Effect = "effect";

    public static Command Create() =>
        new Command("list", "List calls that wait, those asked first first.")
        {
            Status,
            Agent,
            Workflow,
            User,
            Page.Limit,
            Page.Cursor,
        }.Does(RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = new QueryPath("approvals")
            .With("status", context.Value(Status))
            .With("agentType", context.Value(Agent))
            .With("workflow", context.Value(Workflow))
            .With("userId", context.Value(User));
        return Page.ShowAsync(
            context,
            path,
            ClientJson.Default.ApprovalsBody,
            Table,
            Note,
            cancellationToken: cancellationToken
        );
    }

    private static TextTable Table(ApprovalsBody page)
    {
        var table = new TextTable("approval", "kind", "of", "agent", "tool", "arguments", "asked", "expires", "why");
        foreach (var call in page.Approvals)
        {
            table.Add(
                call.ApprovalId,
                Kind(call),
                call.Asker,
                call.AgentType ?? "",
                call.ToolName,
                Show.Line(call.Arguments?.GetRawText()),
                Show.Time(call.RequestedAt),
                call.ExpiresAt is { } expires ? Show.Time(expires) : "never",
                Show.Line(call.Reason)
            );
        }
        return table;
    }

    private static string? Note(ApprovalsBody page) =>
        page.Approvals.Any(call => call is { Kind: Effect, Status: "pending" })
            ? "Nobody knows whether a call of unknown outcome took effect. Find out, and say so: "
                + "everturn approvals happened | did-not-happen | try-again APPROVAL"
            : null;

    private static string Kind(ApprovalBody call) =>
        call.Kind switch
        {
            Effect => "unknown outcome",
            "client" => "client's tool",
            _ => call.Kind,
        };
}
