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

    private static readonly Option<string?> RequestId = new("--request-id")
    {
        Description = "Makes the command repeatable: the same again gives the same instance. Needs --id.",
    };

    private static readonly Option<string?> SuccessRetention = new("--success-retention")
    {
        Description = "How long it is kept after completion: \"3 days\", or ms. Default: what the workflow says.",
    };

    private static readonly Option<string?> ErrorRetention = new("--error-retention")
    {
        Description = "How long it is kept after an error or termination. Default: what the workflow says.",
    };

    public static Command Create() =>
        new Command("create", "Create an instance of a workflow.")
        {
            WorkflowsGroup.Workflow,
            Id,
            Params,
            RequestId,
            SuccessRetention,
            ErrorRetention,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var workflow = context.Value(WorkflowsGroup.Workflow)!;
        var parameters = await JsonText
            .ReadAsync("--params", context.Value(Params), cancellationToken)
            .ConfigureAwait(false);
        var json = await context
            .Client.PostAsync(
                EverturnClient.InstancesPath(workflow),
                new(context.Value(Id), parameters, context.Value(RequestId), Retention(context)),
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

    private static RetentionBody? Retention(CommandContext context)
    {
        var (success, error) = (context.Value(SuccessRetention), context.Value(ErrorRetention));
        return success is null && error is null ? null : new(success, error);
    }
}
