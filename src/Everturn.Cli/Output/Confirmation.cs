using Everturn.Cli.CommandLine;
using Spectre.Console;

namespace Everturn.Cli.Output;

/// <summary>Asks before what cannot be undone.</summary>
internal static class Confirmation
{
    /// <summary>Asks, and takes no for an answer.</summary>
    /// <exception cref="CommandException">Nobody is there to be asked.</exception>
    public static Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected || !Terminal.IsInteractive)
        {
            throw new CommandException("Nobody is there to be asked. Add --yes.", ExitCode.Usage);
        }
        var prompt = new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false };
        return prompt.ShowAsync(AnsiConsole.Console, cancellationToken);
    }
}
