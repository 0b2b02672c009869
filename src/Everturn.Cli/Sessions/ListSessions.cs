using System.CommandLine;
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

    private static readonly Paging Page = new(20);

    public static Command Create() =>
        new Command("list", "List sessions, newest first.")
        {
            Agent,
            User,
            Tag,
            Status,
            Text,
            Page.Limit,
            Page.Cursor,
        }.Does(RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = new QueryPath("sessions")
            .With("agentType", context.Value(Agent))
            .With("userId", context.Value(User))
            .With("tag", context.Value(Tag))
            .With("status", context.Value(Status))
            .With("text", context.Value(Text));
        return Page.ShowAsync(
            context,
            path,
            ClientJson.Default.SessionsBody,
            Table,
            cancellationToken: cancellationToken
        );
    }

    private static TextTable Table(SessionsBody page)
    {
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
        return table;
    }
}
