using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows create</c>.</summary>
internal static class CreateInstance
{
    private static readonly Option<string?> Id = new("--id")
    {
        Description = "The instance's id: letters, digits, _ and -. Default: a new one.",
    };

    private static readonly Option<string?> Params = new("--params", "-p")
    {
        Description = "What the workflow gets: " + JsonText.Help,
    };

    public static Command Create() =>
        new Command("create", "Create an instance of a workflow.") { WorkflowsGroup.Workflow, Id, Params }.Does(
            RunAsync
        );

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var workflow = context.Value(WorkflowsGroup.Workflow)!;
        var parameters = await JsonText
            .ReadAsync("--params", context.Value(Params), cancellationToken)
            .ConfigureAwait(false);
        var json = await context
            .Client.PostAsync(
                EverturnClient.InstancesPath(workflow),
                new(context.Value(Id), parameters),
                ClientJson.Default.CreateInstanceBody,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var created = json.Deserialize(ClientJson.Default.InstanceBody)!;
        await Terminal.WriteLineAsync($"{created.Id} is created.").ConfigureAwait(false);
        await context
            .Terminal.NoteAsync($"Follow it: everturn workflows tail {workflow} {created.Id}")
            .ConfigureAwait(false);
        return ExitCode.Success;
    }
}
