using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Sessions;

/// <summary><c>everturn sessions tail</c>.</summary>
internal static class TailSession
{
    private static readonly Option<long> From = new("--from")
    {
        Description = "Begin after this number; 0 for everything that is stored.",
    };

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Go on with later runs instead of ending with the current one.",
    };

    public static Command Create() =>
        new Command("tail", "Print a session's stream, a line for each chunk, and go on while it runs.")
        {
            SessionsGroup.SessionId,
            From,
            Follow,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var from = context.Value(From);
        if (from < 0)
        {
            throw new CommandException("--from is 0 or more.", ExitCode.Usage);
        }
        var stream = EventStream.OfSession(
            context.Client,
            context.Value(SessionsGroup.SessionId)!,
            context.Value(Follow)
        );
        await foreach (var item in stream.ReadAsync(from, cancellationToken).ConfigureAwait(false))
        {
            if (item.Broken is { } why)
            {
                await context
                    .Terminal.NoteAsync($"The connection broke after {stream.Cursor} ({why}); connecting again.")
                    .ConfigureAwait(false);
            }
            else if (context.Terminal.Json)
            {
                await Terminal.WriteLineAsync((item.Event ?? item.End!.Value).GetRawText()).ConfigureAwait(false);
            }
            else
            {
                await Terminal.WriteLineAsync(ChunkLine.Of(item)).ConfigureAwait(false);
            }
        }
        return ExitCode.Success;
    }
}
