using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows list</c>.</summary>
internal static class ListInstances
{
    private static readonly Argument<string?> Workflow = new("workflow")
    {
        Description = "The workflow whose instances to list; without it the workflows are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Status = new("--status")
    {
        Description =
            "Only instances with this status: queued, running, waiting, waitingForPause, paused, complete, errored or "
            + "terminated.",
    };

    private static readonly Option<string?> Prefix = new("--prefix")
    {
        Description = "Only instances whose id begins so.",
    };

    private static readonly Paging Page = new(20);

    public static Command Create() =>
        new Command("list", "List workflows, or the instances of one, newest first.")
        {
            Workflow,
            Status,
            Prefix,
            Page.Limit,
            Page.Cursor,
        }.Does(RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Value(Workflow) is { } workflow)
        {
            return ListAsync(context, workflow, cancellationToken);
        }
        if (
            context.Value(Status) is not null
            || context.Value(Prefix) is not null
            || context.Value(Page.Cursor) is not null
        )
        {
            throw new CommandException(
                "--status, --prefix and --cursor choose among the instances of a workflow: name one.",
                ExitCode.Usage
            );
        }
        return ListWorkflowsAsync(context, cancellationToken);
    }

    private static async Task<int> ListWorkflowsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var json = await context.Client.GetAsync("workflows", cancellationToken).ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var workflows = json.Deserialize(ClientJson.Default.WorkflowsBody)!.Workflows;
        var table = new TextTable(
            "workflow",
            "version",
            "queued",
            "running",
            "waiting",
            "paused",
            "complete",
            "errored",
            "terminated"
        );
        foreach (var workflow in workflows)
        {
            var counts = workflow.Instances;
            table.Add(
                workflow.Name,
                workflow.VersionId is { } version ? $"{version}" : "-",
                $"{counts.GetValueOrDefault("queued")}",
                $"{counts.GetValueOrDefault("running")}",
                $"{counts.GetValueOrDefault("waiting")}",
                $"{counts.GetValueOrDefault("paused") + counts.GetValueOrDefault("waitingForPause")}",
                $"{counts.GetValueOrDefault("complete")}",
                $"{counts.GetValueOrDefault("errored")}",
                $"{counts.GetValueOrDefault("terminated")}"
            );
        }
        await context.Terminal.WriteAsync(table).ConfigureAwait(false);
        if (workflows.Count == 0)
        {
            await context
                .Terminal.NoteAsync("The server has no workflows, or you may not see them.")
                .ConfigureAwait(false);
        }
        return ExitCode.Success;
    }

    private static Task<int> ListAsync(CommandContext context, string workflow, CancellationToken cancellationToken)
    {
        var path = new QueryPath(EverturnClient.InstancesPath(workflow))
            .With("status", context.Value(Status))
            .With("idPrefix", context.Value(Prefix));
        return Page.ShowAsync(
            context,
            path,
            ClientJson.Default.InstancesBody,
            Table,
            cancellationToken: cancellationToken
        );
    }

    private static TextTable Table(InstancesBody page)
    {
        var table = new TextTable("instance", "status", "created", "took", "next wake", "error");
        foreach (var instance in page.Instances)
        {
            table.Add(
                instance.Id,
                instance.Status,
                Show.Time(instance.Queued),
                Show.Duration(instance.Queued, instance.End),
                instance.WakeAt is { } wake ? Show.Time(wake) : "-",
                Show.Line(instance.Error?.ToString())
            );
        }
        return table;
    }
}
