using System.CommandLine;
using Everturn.Cli.Client;

namespace Everturn.Cli.CommandLine;

/// <summary>Says what a command does. What goes wrong becomes a message and an exit code here, and only here.</summary>
internal static class CommandExtensions
{
    /// <summary>Sets what a command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="action">Its action, which gives an exit code.</param>
    /// <returns>The command.</returns>
    public static Command Does(this Command command, Func<CommandContext, CancellationToken, Task<int>> action)
    {
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var context = new CommandContext(parsed);
                try
                {
                    return await action(context, cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return ExitCode.Interrupted;
                }
                catch (EverturnException exception)
                {
                    await context.Terminal.ErrorAsync(exception.Message).ConfigureAwait(false);
                    return exception switch
                    {
                        CommandException refused => refused.ExitCode,
                        ServerProblemException problem => problem.ExitCode,
                        _ => ExitCode.Unavailable,
                    };
                }
                catch (Exception exception) when (EverturnClient.IsDisconnect(exception))
                {
                    await context
                        .Terminal.ErrorAsync(
                            $"The server at {context.Client.Address} cannot be reached: {exception.Message} Is it running? "
                                + $"Set --url or {GlobalOptions.UrlVariable}."
                        )
                        .ConfigureAwait(false);
                    return ExitCode.Unavailable;
                }
            }
        );
        return command;
    }
}
