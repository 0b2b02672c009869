using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows pause</c>.</summary>
internal static class PauseInstance
{
    public static Command Create() =>
        new Command("pause", "Stop an instance until it is resumed. Steps that run are done first.")
        {
            WorkflowsGroup.Workflow,
            WorkflowsGroup.Instance,
        }.Does((context, cancellationToken) => InstanceChange.RunAsync(context, new("pause"), cancellationToken));
}
