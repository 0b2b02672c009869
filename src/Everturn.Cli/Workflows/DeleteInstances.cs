using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows delete</c>.</summary>
internal static class DeleteInstances
{
    private static readonly Argument<string[]> Ids = new("instance")
    {
        Description = "The instances' ids.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static Command Create() =>
        new Command("delete", "Delete instances and all that is remembered of them. There is no way back.")
        {
            WorkflowsGroup.Workflow,
            Ids,
            Yes,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var workflow = context.Value(WorkflowsGroup.Workflow)!;
        var ids = context.Value(Ids)!;
        if (
            !context.Value(Yes)
            && !await Confirmation
                .AskAsync($"Delete {string.Join(", ", ids)} of {workflow}?", cancellationToken)
                .ConfigureAwait(false)
        )
        {
            return ExitCode.Failed;
        }
        foreach (var id in ids)
        {
            await context
                .Client.DeleteAsync(EverturnClient.InstancePath(workflow, id), cancellationToken)
                .ConfigureAwait(false);
            if (!context.Terminal.Json)
            {
                await Terminal.WriteLineAsync($"{id} is deleted.").ConfigureAwait(false);
            }
        }
        return ExitCode.Success;
    }
}
