using System.CommandLine;
using Everturn.Cli.CommandLine;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows restart</c>.</summary>
internal static class RestartInstance
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "The step to begin with: what came before it keeps its results. Default: everything runs again.",
    };

    private static readonly Option<int?> Count = new("--count")
    {
        Description = "With --from: which step of that name, from 1. Default: 1.",
    };

    private static readonly Option<string?> Type = new("--type")
    {
        Description = "With --from: step, sleep, waitForEvent, child, childEnd, approval or clientTool. Default: step.",
    };

    public static Command Create() =>
        new Command("restart", "Run an instance again, whatever its status, with the same parameters.")
        {
            WorkflowsGroup.Workflow,
            WorkflowsGroup.Instance,
            From,
            Count,
            Type,
        }.Does(RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (from, count, type) = (context.Value(From), context.Value(Count), context.Value(Type));
        if (from is null && (count is not null || type is not null))
        {
            throw new CommandException("--count and --type go with --from.", ExitCode.Usage);
        }
        return InstanceChange.RunAsync(
            context,
            new("restart") { From = from is null ? null : new(from, count, type) },
            cancellationToken
        );
    }
}
