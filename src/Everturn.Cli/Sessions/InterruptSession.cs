using System.CommandLine;
using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Sessions;

/// <summary><c>everturn sessions interrupt</c>.</summary>
internal static class InterruptSession
{
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, in your words." };

    private static readonly Option<bool> AtCheckpoint = new("--at-checkpoint")
    {
        Description = "Let the current step complete first.",
    };

    public static Command Create() =>
        new Command("interrupt", "Stop a session's run softly: it can be resumed.")
        {
            SessionsGroup.SessionId,
            Reason,
            AtCheckpoint,
        }.Does(RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sessionId = context.Value(SessionsGroup.SessionId)!;
        var json = await context
            .Client.PostAsync(
                EverturnClient.SessionPath(sessionId) + "/interrupt",
                new()
                {
                    Reason = context.Value(Reason),
                    Mode = context.Value(AtCheckpoint) ? "at_checkpoint" : "at_once",
                },
                ClientJson.Default.InterruptBody,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var status = json.Deserialize(ClientJson.Default.InterruptBody)!.Status;
        await Terminal
            .WriteLineAsync(
                status == "running" ? $"{sessionId} was told to stop."
                : status == "idle" ? $"{sessionId} has not run yet."
                : $"{sessionId} had ended before: {status}."
            )
            .ConfigureAwait(false);
        return ExitCode.Success;
    }
}
