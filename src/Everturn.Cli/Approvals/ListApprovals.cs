using System.CommandLine;
using System.Text.Json;
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

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many at most.",
        DefaultValueFactory = _ => 50,
    };

    private static readonly Option<string?> Cursor = new("--cursor")
    {
        Description = "Go on where the page before ended.",
    };

    public static Command Create() =>
        new Command("list", "List calls that wait, those asked first first.")
        {
            Status,
            Agent,
            Workflow,
            User,
            Limit,
            Cursor,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = new QueryPath("approvals")
            .With("status", context.Value(Status))
            .With("agentType", context.Value(Agent))
            .With("workflow", context.Value(Workflow))
            .With("userId", context.Value(User))
            .With("limit", $"{context.Value(Limit)}")
            .With("cursor", context.Value(Cursor));
        var json = await context.Client.GetAsync(path.ToString(), cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var page = json.Deserialize(ClientJson.Default.ApprovalsBody)!;
        var table = new TextTable("approval", "kind", "of", "agent", "tool", "arguments", "asked", "expires", "why");
        foreach (var call in page.Approvals)
        {
            table.Add(
                call.ApprovalId,
                call.Kind,
                call.Asker,
                call.AgentType ?? "",
                call.ToolName,
                Show.Line(call.Arguments?.GetRawText()),
                Show.Time(call.RequestedAt),
                call.ExpiresAt is { } expires ? Show.Time(expires) : "never",
                Show.Line(call.Reason)
            );
        }
        await context.Terminal.WriteAsync(table).ConfigureAwait(false);
        if (page.NextCursor is { } next)
        {
            await context.Terminal.NoteAsync($"More: --cursor {next}").ConfigureAwait(false);
        }
        return ExitCode.Success;
    }
}
