using System.Text.Json;
using Everturn.Cli.Client;
using Everturn.Cli.CommandLine;
using Everturn.Cli.Output;

namespace Everturn.Cli.Workflows;

/// <summary>Changes the status of an instance, and says what it is then.</summary>
internal static class InstanceChange
{
    public static async Task<int> RunAsync(
        CommandContext context,
        ChangeStatusBody change,
        CancellationToken cancellationToken
    )
    {
        var path = await WorkflowsGroup.InstancePathAsync(context, cancellationToken).ConfigureAwait(false);
        var json = await context
            .Client.PatchAsync(path + "/status", change, ClientJson.Default.ChangeStatusBody, cancellationToken)
            .ConfigureAwait(false);
        if (context.Terminal.Json)
        {
            await Terminal.WriteJsonAsync(json).ConfigureAwait(false);
            return ExitCode.Success;
        }
        var instance = json.Deserialize(ClientJson.Default.InstanceBody)!;
        await Terminal
            .WriteLineAsync(
                (change.Status, instance.Status) switch
                {
                    ("pause", "waitingForPause") => $"{instance.Id} is paused as soon as the steps that run are done.",
                    ("pause" or "terminate", "paused" or "terminated") => $"{instance.Id} is {instance.Status}.",
                    ("terminate", _) => $"{instance.Id} is terminated as soon as its steps are rolled back.",
                    ("restart", _) => $"{instance.Id} runs again.",
                    (_, "complete" or "errored" or "terminated") =>
                        $"{instance.Id} had ended before: {instance.Status}.",
                    _ => $"{instance.Id} goes on.",
                }
            )
            .ConfigureAwait(false);
        return ExitCode.Success;
    }
}
