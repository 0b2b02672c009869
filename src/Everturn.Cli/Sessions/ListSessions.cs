using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Sessions;

/// <summary><c>everturn sessions list</c>.</summary>
internal static class ListSessions
{
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only this agent's." };
    private static readonly Option<string?> User = new("--user") { Description = "Only this user's." };
    private static readonly Option<string?> Tag = new("--tag") { Description = "Only with this tag." };
    private static readonly Option<string?> Text = new("--text") { Description = "Only with this text in the title." };

    private static readonly Option<string?> Status = new("--status")
    {
        Description = "Only with this status: active, interrupted, completed or failed.",
    };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many at most.",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<string?> Cursor = new("--cursor")
    {
        Description = "Go on where the page before ended.",
    };

    public static Command Create() =>
        new Command("list", "List sessions, newest first.") { Agent, User, Tag, Status, Text, Limit, Cursor }.Does(
            RunAsync
        );

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = new QueryPath("sessions")
            .With("agentType", context.Value(Agent))
            .With("userId", context.Value(User))
            .With("tag", context.Value(Tag))
            .With("status", context.Value(Status))
            .With("text", context.Value(Text))
            .With("limit", $"{context.Value(Limit)}")
            .With("cursor", context.Value(Cursor));
        var json = await context.Client.GetAsync(path.ToString(), cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var page = json.Deserialize(ClientJson.Default.SessionsBody)!;
        var table = new TextTable("session", "agent", "status", "turn", "updated", "user", "title");
        foreach (var session in page.Sessions)
        {
            table.Add(
                session.SessionId,
                session.AgentType,
                session.Status,
                $"{session.Turn}",
                Show.Time(session.UpdatedAt),
                session.UserId ?? "-",
                Show.Line(session.Title)
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
