using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary><c>everturn workflows tail</c>.</summary>
internal static class TailInstance
{
    private static readonly Option<long> From = new("--from")
    {
        Description = "Begin after this number; 0 for everything that happened.",
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only these types of events, such as step_completed.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create() =>
        new Command("tail", "Print what happened to an instance, a line for each event, and go on until it has ended.")
        {
            WorkflowsGroup.Workflow,
            WorkflowsGroup.Instance,
            From,
            Only,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var from = context.Value(From);
        if (from < 0)
        {
            throw new CommandException("--from is 0 or more.", ExitCode.Usage);
        }
        var path = await WorkflowsGroup.InstancePathAsync(context, cancellationToken).ConfigureAwait(false);
        var filter = context.Value(Only) is { Length: > 0 } only ? string.Join(',', only) : null;
        var stream = EventStream.OfInstance(context.Client, path, filter);
        var exitCode = ExitCode.Success;
        await foreach (var item in stream.ReadAsync(from, cancellationToken).ConfigureAwait(false))
        {
            if (item.Broken is { } why)
            {
                await context
                    .Terminal.NoteAsync($"The connection broke after {stream.Cursor} ({why}); connecting again.")
                    .ConfigureAwait(false);
                continue;
            }
            if (item.End is { } end && end.GetProperty("status").GetString() != "complete")
            {
                exitCode = ExitCode.Failed;
            }
            await Terminal
                .WriteLineAsync(
                    context.Terminal.Json ? (item.Event ?? item.End!.Value).GetRawText() : EventLine.Of(item)
                )
                .ConfigureAwait(false);
        }
        return exitCode;
    }
}
