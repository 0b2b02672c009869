using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows terminate</c>.</summary>
internal static class TerminateInstance
{
    private static readonly Option<bool> Rollback = new("--rollback")
    {
        Description = "Undo what its steps did before it ends, by the handlers they have.",
    };

    public static Command Create() =>
        new Command("terminate", "End an instance. It cannot be resumed, but restarted.")
        {
            WorkflowsGroup.Workflow,
            WorkflowsGroup.Instance,
            Rollback,
        }.Does(
            (context, cancellationToken) =>
                InstanceChange.RunAsync(
                    context,
                    new("terminate") { Rollback = context.Value(Rollback) },
                    cancellationToken
                )
        );
}
