using System.CommandLine;
using System.Net;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Chat;

/// <summary><c>everturn chat</c>: a conversation in the terminal, or one message for a script.</summary>
internal static class ChatCommand
{
    private static readonly Option<string> Agent = new("--agent", "-a")
    {
        Description = "The agent.",
        DefaultValueFactory = _ => "assistant",
    };

    private static readonly Option<string?> Session = new("--session", "-s")
    {
        Description = "The session to go on with, or the id of a new one. Default: a new one.",
    };

    private static readonly Option<string?> Message = new("--message", "-m")
    {
        Description = "Send this, print the answer and end. Default: what comes in by standard input, line by line.",
    };

    public static Command Create() =>
        new Command("chat", "Talk with an agent. Ctrl-C interrupts the answer; at the prompt it ends the chat.")
        {
            Agent,
            Session,
            Message,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sessionId = context.Value(Session) ?? ServerId.New(TimeProvider.System);
        var turns = new ChatTurn(context, context.Value(Agent)!, sessionId);
        await turns.FindPositionAsync(cancellationToken).ConfigureAwait(false);
        if (context.Value(Message) is { } message)
        {
            return await turns.TakeAsync(message, cancellationToken).ConfigureAwait(false);
        }
        await context
            .Terminal.NoteAsync($"Session {sessionId}. Ctrl-C interrupts an answer; an empty line ends the chat.")
            .ConfigureAwait(false);
        var exitCode = ExitCode.Success;
        while (await PromptAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            try
            {
                exitCode = await turns.TakeAsync(line, cancellationToken).ConfigureAwait(false);
            }
            catch (ServerProblemException problem) when (problem.Status == HttpStatusCode.Conflict)
            {
                // Somebody else runs it at the moment: that is no reason to end the chat.
                await context.Terminal.ErrorAsync(problem.Message).ConfigureAwait(false);
                exitCode = problem.ExitCode;
            }
        }
        return exitCode;
    }

    private static async Task<string?> PromptAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            await Terminal.WriteAsync("> ").ConfigureAwait(false);
        }
        // A read of a terminal cannot be cancelled; the one that is left behind ends with the process.
        return await Task.Run(Console.In.ReadLine, CancellationToken.None)
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
    }
}
