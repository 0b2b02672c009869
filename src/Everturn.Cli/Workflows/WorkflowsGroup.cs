using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows</c>.</summary>
internal static class WorkflowsGroup
{
    /// <summary>Stands for the newest instance of a workflow.</summary>
    private const string Latest = "latest";

    /// <summary>The workflow that a command is about.</summary>
    public static Argument<string> Workflow { get; } =
        new("workflow") { Description = "The workflow's name.", HelpName = "workflow" };

    /// <summary>The instance that a command is about.</summary>
    public static Argument<string> Instance { get; } =
        new("instance")
        {
            Description = $"The instance's id, or '{Latest}' for the one that was created last.",
            HelpName = "instance",
        };

    public static Command Create() =>
        new("workflows", "Create, list, follow and steer instances of workflows.")
        {
            CreateInstance.Create(),
            ListInstances.Create(),
            DescribeInstance.Create(),
            TailInstance.Create(),
            SendEvent.Create(),
            PauseInstance.Create(),
            ResumeInstance.Create(),
            TerminateInstance.Create(),
            RestartInstance.Create(),
            DeleteInstances.Create(),
        };

    /// <summary>The id of the instance on the command line.</summary>
    /// <exception cref="CommandException">It is to be the last one, and there is none.</exception>
    public static async Task<string> InstanceIdAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var id = context.Value(Instance)!;
        if (id != Latest)
        {
            return id;
        }
        var workflow = context.Value(Workflow)!;
        var path = new QueryPath(EverturnClient.InstancesPath(workflow)).With("limit", "1").ToString();
        var json = await context.Client.GetAsync(path, cancellationToken).ConfigureAwait(false);
        return json.Deserialize(ClientJson.Default.InstancesBody)!.Instances is [var newest, ..]
            ? newest.Id
            : throw new CommandException($"Workflow '{workflow}' has no instances.", ExitCode.NotFound);
    }

    /// <summary>The path of the instance on the command line.</summary>
    /// <exception cref="CommandException">It is to be the last one, and there is none.</exception>
    public static async Task<string> InstancePathAsync(CommandContext context, CancellationToken cancellationToken) =>
        EverturnClient.InstancePath(
            context.Value(Workflow)!,
            await InstanceIdAsync(context, cancellationToken).ConfigureAwait(false)
        );
}
