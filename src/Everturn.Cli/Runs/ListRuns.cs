using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;
using Everturn.Cli.Sessions;

namespace Everturn.Cli.Runs;

/// <summary><c>everturn runs list</c>.</summary>
internal static class ListRuns
{
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
        new Command("list", "List a session's runs, oldest first.") { SessionsGroup.SessionId, Limit, Cursor }.Does(
            RunAsync
        );

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = new QueryPath(EverturnClient.SessionPath(context.Value(SessionsGroup.SessionId)!) + "/runs")
            .With("limit", $"{context.Value(Limit)}")
            .With("cursor", context.Value(Cursor));
        var json = await context.Client.GetAsync(path.ToString(), cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var page = json.Deserialize(ClientJson.Default.RunsBody)!;
        var table = new TextTable("run", "turn", "trigger", "status", "steps", "created", "took", "runtime", "why");
        foreach (var run in page.Runs)
        {
            table.Add(
                $"{run.Ordinal}",
                $"{run.Turn}",
                run.Trigger,
                run.Status,
                $"{run.StepCount}",
                Show.Time(run.CreatedAt),
                Show.Duration(run.CreatedAt, run.EndedAt),
                run.Runtime,
                Show.Line(run.Error ?? run.Reason)
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
