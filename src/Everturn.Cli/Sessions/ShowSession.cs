using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Sessions;

/// <summary><c>everturn sessions show</c>.</summary>
internal static class ShowSession
{
    public static Command Create() =>
        new Command("show", "Show one session.") { SessionsGroup.SessionId }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = EverturnClient.SessionPath(context.Value(SessionsGroup.SessionId)!);
        var json = await context.Client.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var session = json.Deserialize(ClientJson.Default.SessionBody)!;
        var table = new TextTable("field", "value");
        table.Add("session", session.SessionId);
        table.Add("agent", session.AgentType);
        table.Add("status", session.Status);
        table.Add("title", session.Title ?? "-");
        table.Add("user", session.UserId ?? "-");
        table.Add("tags", session.Tags.Count == 0 ? "-" : string.Join(", ", session.Tags));
        table.Add(
            "metadata",
            session.Metadata.Count == 0
                ? "-"
                : string.Join(", ", session.Metadata.Select(entry => $"{entry.Key}={entry.Value}"))
        );
        table.Add("turns", $"{session.Turn}");
        table.Add("steps", $"{session.StepCount}");
        table.Add("messages", $"{session.MessageCount}");
        table.Add("chunks", $"{session.LastSequence}");
        table.Add("forked from", session.ForkedFrom ?? "-");
        table.Add("created", Show.Time(session.CreatedAt));
        table.Add("updated", Show.Time(session.UpdatedAt));
        await context.Terminal.WriteAsync(table).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
