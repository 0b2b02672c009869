using System.CommandLine;
using Everturn.Cli.Chat;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Doctor;
using Everturn.Cli.Runs;
using Everturn.Cli.Sessions;
using Everturn.Cli.Workflows;

namespace Everturn.Cli;

/// <summary>The <c>everturn</c> command: a folder for each group of commands, a file for each command.</summary>
internal static class EverturnCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        // A word that begins with @ is a value here, not a file of more words.
        var parsed = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            }
            await Console.Error.WriteLineAsync("Run it with --help to see what it takes.").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        // Signals are this program's own business: a chat interrupts its run first.
        using var signals = new SignalToken();
        return await parsed
            .InvokeAsync(new() { ProcessTerminationTimeout = null }, signals.Token)
            .ConfigureAwait(false);
    }

    private static RootCommand Create()
    {
        var root = new RootCommand(
            "Durable AI agents for .NET: look at and steer what a server or a data directory holds."
        )
        {
            GlobalOptions.Url,
            GlobalOptions.ApiKey,
            GlobalOptions.Json,
            SessionsGroup.Create(),
            RunsGroup.Create(),
            WorkflowsGroup.Create(),
            ChatCommand.Create(),
            DoctorCommand.Create(),
        };
        return root;
    }
}
