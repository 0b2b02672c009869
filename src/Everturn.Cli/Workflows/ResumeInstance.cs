using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows resume</c>.</summary>
internal static class ResumeInstance
{
    public static Command Create() =>
        new Command("resume", "Let a paused instance go on.") { WorkflowsGroup.Workflow, WorkflowsGroup.Instance }.Does(
            (context, cancellationToken) => InstanceChange.RunAsync(context, new("resume"), cancellationToken)
        );
}
