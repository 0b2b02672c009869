using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;
using Everturn.Cli.Sessions;

namespace Everturn.Cli.Runs;

/// <summary><c>everturn runs list</c>.</summary>
internal static class ListRuns
{
    private static readonly Paging Page = new(50);

    public static Command Create() =>
        new Command("list", "List a session's runs, oldest first.")
        {
            SessionsGroup.SessionId,
            Page.Limit,
            Page.Cursor,
        }.Does(RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = new QueryPath(EverturnClient.SessionPath(context.Value(SessionsGroup.SessionId)!) + "/runs");
        return Page.ShowAsync(context, path, ClientJson.Default.RunsBody, Table, cancellationToken: cancellationToken);
    }

    private static TextTable Table(RunsBody page)
    {
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
        return table;
    }
}
