using System.CommandLine;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Sessions;

/// <summary><c>everturn sessions delete</c>.</summary>
internal static class DeleteSessions
{
    private static readonly Argument<string[]> SessionIds = new("session")
    {
        Description = "The sessions' ids.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static Command Create() =>
        new Command("delete", "Delete sessions and all they hold. There is no way back.") { SessionIds, Yes }.Does(
            RunAsync
        );

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sessionIds = context.Value(SessionIds)!;
        if (
            !context.Value(Yes)
            && !await Confirmation
                .AskAsync($"Delete {string.Join(", ", sessionIds)}?", cancellationToken)
                .ConfigureAwait(false)
        )
        {
            return ExitCode.Failed;
        }
        foreach (var sessionId in sessionIds)
        {
            await context
                .Client.DeleteAsync(EverturnClient.SessionPath(sessionId), cancellationToken)
                .ConfigureAwait(false);
            if (!context.Terminal.Json)
            {
                await Terminal.WriteLineAsync($"{sessionId} is deleted.").ConfigureAwait(false);
            }
        }
        return ExitCode.Success;
    }
}
